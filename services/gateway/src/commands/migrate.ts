import { Command } from 'commander';
import { openConfiguredStore } from '../composition/open-store.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';

/** `minhchung migrate` */
export function migrateCommand(context: CommandContext): Command {
  return new Command('migrate')
    .description('bring the database up to date; safe to repeat, and `serve` does it by itself')
    .action(async (_options, command: Command) => {
      const store = await openConfiguredStore(settingsOf(command, context));
      const applied = await store.migrate().finally(() => store.close());
      if (wantsJson(command)) printJson(context, { applied });
      else printLines(context, ...(applied.length === 0 ? ['Đã mới nhất · Already up to date.'] : applied));
    });
}
