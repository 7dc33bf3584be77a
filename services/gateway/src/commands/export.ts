import { CAMERA_STATES, type CameraKind, type CameraState } from '@minhchung/domain';
import { exportCameras } from '@minhchung/registry';
import { Command, Option } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { unitIdsOf } from '../reports/scope.ts';
import { actingAccount } from './acting-account.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { formatOf, writeNamedFile } from './table-files.ts';

const EXAMPLES = `
The columns are those of the import: importing the file again changes nothing. Accounts and passwords are never
given out; telephone numbers only where the account keeps the register.

Examples:
  $ minhchung export cameras --out camera.xlsx --account duc.pv
  $ minhchung export cameras --out camera.csv --account duc.pv --unit HAC-THANH --state offline
`;

interface ExportOptions {
  readonly out: string;
  readonly account: string;
  readonly unit?: string;
  readonly kind?: CameraKind;
  readonly state?: CameraState;
  readonly text?: string;
}

/** `minhchung export cameras` */
export function exportCommand(context: CommandContext): Command {
  const cameras = new Command('cameras')
    .description('the register as a list')
    .requiredOption('--out <file>', 'where to write: .csv, or .xlsx')
    .requiredOption('--account <login>', 'who takes it out')
    .option('--unit <code>', 'one unit with all below it')
    .addOption(new Option('--kind <kind>', 'only these').choices(['community', 'household']))
    .addOption(new Option('--state <state>', 'only those in this state').choices(CAMERA_STATES))
    .option('--text <words>', 'words in code, name or owner')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ExportOptions, command: Command) => {
      const { out, account, unit, ...filter } = options;
      await withStore(settingsOf(command, context), async (store) => {
        const { actor, unit_ids } = await actingAccount(store, account, 'camera.read', SYSTEM_TIME.now_ms());
        const wanted = unit === undefined ? null : await unitIdsOf(store, unit);
        const scope = unit_ids.filter((id) => wanted === null || wanted.includes(id));
        const give = exportCameras({ store, time: SYSTEM_TIME });
        const body = await give(actor, { unit_ids: scope, ...filter }, formatOf(out));
        await writeNamedFile(out, body, context.signal);
      });
      if (wantsJson(command)) printJson(context, { file: out });
      else printLines(context, `Đã ghi danh sách camera · Wrote the list of cameras: ${out}`);
    });
  return new Command('export').description('give lists out').addCommand(cameras);
}
