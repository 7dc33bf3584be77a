import { randomBytes } from 'node:crypto';
import { CodedError, makeId } from '@minhchung/domain';
import { fileOf, parseMapping, type RowsChoice, runImport, type WishedMapping } from '@minhchung/registry';
import { Command, Option } from 'commander';
import { openConfiguredSecrets, withStore } from '../composition/open-store.ts';
import { SYSTEM_TIME } from '../composition/system-time.ts';
import { actingAccount } from './acting-account.ts';
import { type CommandContext, EXIT, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { importLines } from './import-lines.ts';
import { formatOf, readNamedFile, writeNamedFile } from './table-files.ts';

const EXAMPLES = `
The file is CSV or XLSX, told apart by its content. The row of headings and the sheet are found by content.
--mapping says what a column is: its letter or heading, then the name of a column of the register, or - to leave
it out. What was mapped and applied is remembered for lists with the same headings.
Exit code 1: some rows are wrong; the report says which cell and what to do.

Examples:
  $ minhchung import cameras danh-sach.xlsx --preview --account duc.pv
  $ minhchung import cameras danh-sach.xlsx --apply --account duc.pv --errors loi.xlsx
  $ minhchung import cameras danh-sach.xlsx --apply --rows all --account duc.pv \\
      --sheet 'P. Hạc Thành' --mapping 'D=camera_name' --mapping 'Ghi chú riêng=-'
`;

const ROWS: Readonly<Record<'good' | 'all', RowsChoice>> = { good: 'good_rows', all: 'all_or_nothing' };

interface ImportOptions {
  readonly preview?: boolean;
  readonly apply?: boolean;
  readonly account: string;
  readonly rows: keyof typeof ROWS;
  readonly sheet?: string;
  readonly mapping?: readonly string[];
  readonly errors?: string;
}

/** `minhchung import cameras` */
export function importCamerasCommand(context: CommandContext): Command {
  return new Command('cameras')
    .description('register cameras, recorders, owners and agreements from a list')
    .argument('<file>', 'CSV or XLSX')
    .option('--preview', 'only say what would happen')
    .option('--apply', 'write what is right')
    .requiredOption('--account <login>', 'the technician who does this')
    .addOption(
      new Option('--rows <which>', 'write the good rows, or all or nothing')
        .choices(['good', 'all'])
        .default('good'),
    )
    .option('--sheet <name>', 'sheet of the workbook; otherwise the one that fits')
    .option('--mapping <column=field>', 'what a column of the file is, repeatable', collect)
    .option('--errors <file>', 'write the wrong rows, with what is wrong, to this .xlsx or .csv')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: ImportOptions, command: Command) => {
      if ((options.preview === true) === (options.apply === true)) {
        throw new CodedError('COMMAND_MISUSED', { reason: 'say either --preview or --apply' });
      }
      const settings = settingsOf(command, context);
      const mapping = wishedMapping(options.mapping);
      const bytes = await readNamedFile(file);
      const secrets = await openConfiguredSecrets(settings);
      const { report, errorRows } = await withStore(settings, async (store) => {
        const { actor, unit_ids } = await actingAccount(
          store,
          options.account,
          'camera.import',
          SYSTEM_TIME.now_ms(),
        );
        const newId = () => makeId(SYSTEM_TIME.now_ms(), randomBytes(10));
        return runImport({ store, settings, secrets, newId, time: SYSTEM_TIME })(actor, {
          mode: options.apply === true ? 'apply' : 'preview',
          rows_choice: ROWS[options.rows],
          ...{ bytes, unit_ids, mapping, sheet: options.sheet, signal: context.signal },
        });
      });
      const has_problems = report.rejected > 0 || report.file_problems.length > 0;
      if (options.errors !== undefined && has_problems) {
        await writeNamedFile(options.errors, fileOf(errorRows(), formatOf(options.errors)), context.signal);
      }
      if (wantsJson(command)) printJson(context, report);
      else printLines(context, ...importLines(report, has_problems ? options.errors : undefined));
      if (has_problems) context.setExitCode(EXIT.no);
    });
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

/** `D=camera_name`, `Ghi chú=-`; a heading may hold an equals sign, a field may not. */
function wishedMapping(wishes: readonly string[] | undefined): WishedMapping | undefined {
  if (wishes === undefined) return undefined;
  const entries = wishes.map((wish): [string, string | null] => {
    const at = wish.lastIndexOf('=');
    if (at < 1) throw new CodedError('COMMAND_MISUSED', { reason: `--mapping ${wish}: write COLUMN=FIELD` });
    const field = wish.slice(at + 1).trim();
    return [wish.slice(0, at).trim(), field === '-' ? null : field];
  });
  return parseMapping(JSON.stringify(Object.fromEntries(entries)));
}
