import { Command } from 'commander';
import { createLogger } from '../composition/logger.ts';
import { withStore } from '../composition/open-store.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';

/** `minhchung extract` */
export function extractCommand(context: CommandContext): Command {
  return new Command('extract')
    .description('work off approved items, most urgent first, until none is left that can run now')
    .action(async (_options, command: Command) => {
      const settings = settingsOf(command, context);
      await withStore(settings, async () => {});
      const { extractAll } = await import('../composition/extractor-role.ts');
      const attempts = await extractAll(settings, createLogger(settings, 'extract'), context.signal);
      if (wantsJson(command)) printJson(context, { attempts });
      else printLines(context, `Đã chạy · Attempts made: ${attempts}`);
    });
}
