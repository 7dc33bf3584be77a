import { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { importCamerasCommand } from './import-cameras.ts';
import { importPackageCommand } from './import-package.ts';

/** `minhchung import cameras|package` */
export function importCommand(context: CommandContext): Command {
  return new Command('import')
    .description('take in lists, and packages made without a server')
    .addCommand(importCamerasCommand(context))
    .addCommand(importPackageCommand(context));
}
