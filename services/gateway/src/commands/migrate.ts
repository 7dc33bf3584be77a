import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';

/** `minhchung migrate` */
export function migrateCommand(context: CommandContext): Command {
  return new Command('migrate')
    .description('bring the database up to date; safe to repeat, and `serve` does it by itself')
    .action(async (_options, command: Command) => {
      const applied = await withStore(settingsOf(command, context), (store) => store.migrate());
      if (wantsJson(command)) printJson(context, { applied });
      else printLines(context, ...(applied.length === 0 ? ['Đã mới nhất · Already up to date.'] : applied));
    });
}
