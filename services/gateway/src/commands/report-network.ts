import { reportNetwork } from '@minhchung/accounting';
import { networkRules } from '@minhchung/settings';
import { Command, Option } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { cameraLines, cameraRows } from '../reports/camera-lines.ts';
import { type Language, networkText } from '../reports/network-text.ts';
import { unitIdsOf } from '../reports/scope.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { table } from './table.ts';

interface NetworkOptions {
  readonly unit?: string;
  readonly language: Language;
  readonly cameras?: boolean;
}

/** `minhchung report network` */
export function networkCommand(context: CommandContext): Command {
  return new Command('network')
    .description(
      'the state of the network: totals, wards, schemes, clocks, work list, what is overwritten soon',
    )
    .option('--unit <code>', 'one unit with all below it; otherwise every unit')
    .option('--cameras', 'also every camera with its state, why, and since when')
    .addOption(new Option('--language <language>', 'of the text').choices(['vi', 'en']).default('vi'))
    .action(async (options: NetworkOptions, command: Command) => {
      const settings = settingsOf(command, context);
      const { report, cameras } = await withStore(settings, async (store) => {
        const unit_ids = await unitIdsOf(store, options.unit);
        const report = await reportNetwork({ store, time: SYSTEM_TIME }, networkRules(settings))(unit_ids);
        return { report, cameras: options.cameras === true ? await cameraLines(store, unit_ids) : null };
      });
      if (wantsJson(command)) return printJson(context, cameras === null ? report : { ...report, cameras });
      printLines(context, ...networkText(report, options.language));
      if (cameras === null) return;
      const header = ['mã · code', 'tên · name', 'trạng thái · state', 'lý do · reason', 'từ · since'];
      printLines(context, '', ...table(header, cameraRows(cameras)));
    });
}
