import { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { importCamerasCommand } from './import-cameras.ts';

/** `minhchung import cameras` */
export function importCommand(context: CommandContext): Command {
  return new Command('import').description('take lists in').addCommand(importCamerasCommand(context));
}
