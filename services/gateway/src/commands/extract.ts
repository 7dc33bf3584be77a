import { FOLDER_PRESETS } from '@minhchung/domain';
import { Command, Option } from 'commander';
import { createLogger } from '../composition/logger.ts';
import { withStore } from '../composition/open-store.ts';
import { type CommandContext, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { type ExtractAloneOptions, runExtractAlone } from './extract-alone.ts';

const PRESETS = Object.keys(FOLDER_PRESETS).join(', ');

const EXAMPLES = `
Without options: the approved items of this system. With --from-folder: one package from a folder of recordings,
without server, database or approval, for whoever has only a disk. Its manifest says "unapproved, unlogged", and so
does verify before everything else; sound is left out. Say what the recorder's clock shows and what time it really is,
otherwise the span is widened by a margin and the clock called unknown. A folder of the result's size is made beside
--out for a while. Exit code 1: a part or all of the span is missing.

Examples:
  $ minhchung extract
  $ minhchung extract --from-folder /media/usb/camera1 --span '22/11/2026 15:04:00 - 15:05:00' \\
      --case 'HS-12/2026' --reason 'va chạm trước số 5 Lê Lợi' --operator 'Nguyễn Văn An' --badge CA-102 \\
      --clock-shows '22/11/2026 16:25:10' --true-time '22/11/2026 15:43:57' --out goi-chung-cu
`;

/** `minhchung extract` */
export function extractCommand(context: CommandContext): Command {
  return new Command('extract')
    .description('work off approved items, most urgent first; or cut one package from a folder, alone')
    .option('--from-folder <folder>', 'recordings to cut from, without a server')
    .option('--span <span>', "true time, as in '22/11/2026 15:04:00 - 15:05:00' or RFC 3339, start/end")
    .option('--case <text>', 'the case it is for')
    .option('--reason <text>', 'why it is needed')
    .option('--operator <name>', 'who does this')
    .option('--out <folder>', 'the package; must not be there yet')
    .option('--badge <text>', "the operator's badge or identity number", '-')
    .option('--unit <name>', "the operator's unit", '-')
    .option('--camera <name>', 'what the camera is called', '-')
    .addOption(
      new Option('--camera-kind <kind>', 'whose it is')
        .choices(['community', 'household'])
        .default('household'),
    )
    .option('--layout <layout>', `how files are named: ${PRESETS}, or a pattern; else told from the names`)
    .option('--channel <name>', 'folder of the camera, where the layout has one for each', '')
    .addOption(
      new Option('--zone <zone>', 'the zone of the names')
        .choices(['Asia/Ho_Chi_Minh', 'UTC'])
        .default('Asia/Ho_Chi_Minh'),
    )
    .option('--clock-shows <time>', 'what the clock that named the files showed …')
    .option('--true-time <time>', '… when it really was this')
    .option('--clock-bound <seconds>', 'how far the two may be wrong together', '2')
    .addHelpText('after', EXAMPLES)
    .action(async (options: Partial<ExtractAloneOptions>, command: Command) => {
      if (options.fromFolder !== undefined) {
        return runExtractAlone(context, options as ExtractAloneOptions, command);
      }
      const settings = settingsOf(command, context);
      await withStore(settings, async () => {});
      const { extractAll } = await import('../composition/extractor-role.ts');
      const attempts = await extractAll(settings, createLogger(settings, 'extract'), context.signal);
      if (wantsJson(command)) printJson(context, { attempts });
      else printLines(context, `Đã chạy · Attempts made: ${attempts}`);
    });
}
