import { describeSettings } from '@minhchung/settings';
import { Command } from 'commander';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';

/** `minhchung settings` */
export function settingsCommand(context: CommandContext): Command {
  return new Command('settings')
    .description('print every option as it is in force; config/default.yaml explains each')
    .action(async (_options, command: Command) => {
      const settings = settingsOf(command, context);
      if (wantsJson(command)) printJson(context, settings);
      else
        printLines(context, ...describeSettings(settings).map(({ option, value }) => `${option}: ${value}`));
    });
}
