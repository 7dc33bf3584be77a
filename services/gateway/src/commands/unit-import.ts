import { open } from 'node:fs/promises';
import { BOUNDARY_BYTES_MAX, UNIT_FILE_BYTES_MAX } from '@minhchung/contract';
import { CodedError } from '@minhchung/domain';
import { boundaryOfFile, drawBoundary, importUnits, type UnitImportReport } from '@minhchung/registry';
import { Command } from 'commander';
import { withStore } from '../composition/open-store.ts';
import { unitByCode } from '../people/unit-by-code.ts';
import { type CommandContext, EXIT, printJson, printLines, settingsOf, wantsJson } from './context.ts';
import { operator } from './unit-words.ts';

/** `minhchung unit boundary` */
export function boundaryCommand(context: CommandContext): Command {
  return new Command('boundary')
    .description('draw the boundary of the newest unit with this code')
    .argument('<code>', 'code of the unit')
    .argument('<file>', 'GeoJSON Polygon, MultiPolygon, or a Feature with one, in WGS 84')
    .action(async (code: string, file: string, _options: unknown, command: Command) => {
      const boundary = boundaryOfFile(await readFileUpTo(file, BOUNDARY_BYTES_MAX));
      const drawn = await withStore(settingsOf(command, context), async (store) =>
        drawBoundary({ store })(operator().by, (await unitByCode(store, code)).id, boundary),
      );
      const { unit_id, vertices, sha256 } = drawn;
      if (wantsJson(command)) printJson(context, { unit_id, vertices, sha256 });
      else
        printLines(context, `Đã vẽ ranh giới ${code}: ${vertices} đỉnh · Drew ${code}: ${vertices} corners`);
    });
}

/** `minhchung unit import` */
export function importUnitsCommand(context: CommandContext): Command {
  return new Command('import')
    .description('add and change units with their boundaries from one GeoJSON FeatureCollection')
    .argument('<file>', 'properties: code, name, level, parent_code, valid_from, valid_to, replaces')
    .option('--parent <code>', 'province of wards that name none')
    .option('--preview', 'only say what would happen')
    .action(
      async (
        file: string,
        options: { readonly parent?: string; readonly preview?: boolean },
        command: Command,
      ) => {
        const bytes = await readFileUpTo(file, UNIT_FILE_BYTES_MAX);
        const { by, newId } = operator();
        const mode = options.preview === true ? 'preview' : 'apply';
        const report = await withStore(settingsOf(command, context), (store) =>
          importUnits({ store, newId })({
            by,
            scope: null,
            parent_code: options.parent ?? null,
            mode,
            bytes,
          }),
        );
        if (wantsJson(command)) printJson(context, report);
        else printLines(context, ...linesOf(report));
        if (report.rejected > 0) context.setExitCode(EXIT.no);
      },
    );
}

const WORDS = {
  created: 'tạo mới · created',
  changed: 'sửa · changed',
  unchanged: 'giữ nguyên · unchanged',
  rejected: 'bỏ · rejected',
} as const;

function linesOf(report: UnitImportReport): string[] {
  const lines: string[] = [];
  for (const { number, code, outcome, changes, problems } of report.features) {
    if (outcome === 'unchanged') continue;
    lines.push(
      `${number}. ${code ?? '?'}: ${WORDS[outcome]}${changes.length > 0 ? ` (${changes.join(', ')})` : ''}`,
    );
    for (const { text } of problems) lines.push(`   ${text.vi}`, `   ${text.en}`);
  }
  const { created, changed, unchanged, rejected } = report;
  const counts = { created, changed, unchanged, rejected };
  const sum = (Object.keys(counts) as (keyof typeof counts)[])
    .map((key) => `${counts[key]} ${WORDS[key]}`)
    .join('   ');
  const heading =
    report.mode === 'preview' ? 'Xem trước, chưa ghi gì · Preview, nothing written' : 'Đã nhập · Imported';
  return [...lines, `${heading}: ${sum}`];
}

/** Throws `BODY_TOO_LARGE`, `COMMAND_MISUSED` when it cannot be read. */
async function readFileUpTo(path: string, size_bytes_max: number): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > size_bytes_max) throw new CodedError('BODY_TOO_LARGE', { size_bytes_max });
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError(
      'COMMAND_MISUSED',
      { reason: `${path}: ${(error as Error).message}` },
      { cause: error },
    );
  }
}
