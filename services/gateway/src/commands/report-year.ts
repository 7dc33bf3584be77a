import { reportYear } from '@minhchung/accounting';
import { CodedError } from '@minhchung/domain';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { unitIdsOf } from '../reports/scope.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';

/** `minhchung report year` */
export function yearCommand(context: CommandContext): Command {
  return new Command('year')
    .description('the sentence in which a city reports its year')
    .argument('<year>', 'calendar year in Vietnam')
    .option('--unit <code>', 'one unit with all below it; otherwise every unit')
    .action(async (text: string, options: { readonly unit?: string }, command: Command) => {
      if (!/^20\d\d$/.test(text)) throw new CodedError('COMMAND_MISUSED', { reason: `"${text}" is no year` });
      const line = await withStore(settingsOf(command, context), async (store) =>
        reportYear({ store, time: SYSTEM_TIME })(Number(text), await unitIdsOf(store, options.unit)),
      );
      if (wantsJson(command)) printJson(context, line);
      else printLines(context, line.sentence.vi, line.sentence.en);
    });
}
