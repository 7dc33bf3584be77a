import { reportNetwork } from '@minhchung/accounting';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { cameraLines, cameraRows } from '../reports/camera-lines.ts';
import { unitIdsOf } from '../reports/scope.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';

/** `minhchung report network` */
export function networkCommand(context: CommandContext): Command {
  return new Command('network')
    .description('every camera with its state, why, and since when; schemes and clocks with --json')
    .option('--unit <code>', 'one unit with all below it; otherwise every unit')
    .action(async (options: { readonly unit?: string }, command: Command) => {
      const report = await withStore(settingsOf(command, context), async (store) => {
        const unit_ids = await unitIdsOf(store, options.unit);
        return {
          ...(await reportNetwork({ store, time: SYSTEM_TIME })(unit_ids)),
          cameras: await cameraLines(store, unit_ids),
        };
      });
      if (wantsJson(command)) return printJson(context, report);
      const header = ['mã · code', 'tên · name', 'trạng thái · state', 'lý do · reason', 'từ · since'];
      const { by_state, working, cameras } = report.all;
      printLines(
        context,
        ...table(['', 'camera'], [...Object.entries(by_state), ['working', working], ['Σ', cameras]]),
        '',
        ...table(header, cameraRows(report.cameras)),
      );
    });
}
