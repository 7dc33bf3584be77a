import { setImmediate as nextTurn } from 'node:timers/promises';
import { CodedError, LIMITS } from '@minhchung/domain';
import { readTableFile, type TableFile, type TableRow, type TableSheet } from '@minhchung/tables';
import { NOTICES_MAX, ROWS_PER_TURN } from '../limits.ts';
import { cellReader } from './cells.ts';
import type { ColumnName } from './columns.ts';
import { countedNotices } from './counted-notices.ts';
import { type FoundHeader, findHeader } from './find-header.ts';
import { groupByRecorder, type RecorderGroup, type RecorderMention } from './groups.ts';
import { type ColumnUse, fingerprintOf, mapColumns, type WishedMapping } from './mapping.ts';
import { countMarks, faultsOf } from './marks.ts';
import { type ImportProblem, located, type Places, problem } from './problem.ts';
import { readRow } from './read-row.ts';
import type { RegisterRow } from './register-row.ts';
import { sortRows } from './row-kinds.ts';

/** A register file, read and checked in itself; nothing has been compared with the database yet. */
export interface RegisterFile {
  readonly places: Places;
  readonly header_row: number;
  readonly headings: readonly string[];
  readonly columns: readonly ColumnUse[];
  readonly fields: readonly (ColumnName | null)[];
  /** Recognises these headings again. */
  readonly fingerprint: string;
  readonly file_problems: readonly ImportProblem[];
  readonly notices: readonly ImportProblem[];
  readonly groups: readonly RecorderGroup[];
  readonly problems: readonly ImportProblem[];
  /** Row number → camera code as it stands there. */
  readonly codes: ReadonlyMap<number, string>;
  /** Row number → its cells as they stand there, for the file that is handed back. */
  readonly rows: ReadonlyMap<number, TableRow>;
  /** Rows whose cells cannot be told apart: which of them is a password is not known. */
  readonly untold: ReadonlySet<number>;
}

export interface RegisterFileOptions {
  readonly sheet?: string | undefined;
  readonly mapping?: WishedMapping | undefined;
  /** What was mapped before for headings of this fingerprint; null: nothing. */
  readonly remembered?: (fingerprint: string) => Promise<readonly (ColumnName | null)[] | null>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a register from CSV or XLSX. Throws what `readTableFile` throws, `TABLE_SHEET_UNKNOWN`, `CSV_EMPTY`,
 * `CSV_TOO_MANY_ROWS`, `CSV_QUOTE_BROKEN`; everything else about headings and rows is returned.
 */
export async function readRegister(
  bytes: Uint8Array,
  options: RegisterFileOptions = {},
): Promise<RegisterFile> {
  const file = await readTableFile(bytes, options.signal === undefined ? {} : { signal: options.signal });
  const { found, others } = findHeader(file, options.sheet);
  refuseBrokenHeader(found);
  const fingerprint = fingerprintOf(found.headings);
  const remembered = (await options.remembered?.(fingerprint)) ?? null;
  const mapping = mapColumns(found.headings, found.row, { wished: options.mapping ?? {}, remembered });
  const letters = new Map(
    mapping.uses.flatMap(({ field, letter }) => (field === null ? [] : [[field, letter]])),
  );
  const places: Places = { sheet: found.sheet.name, letters };
  const place = (one: ImportProblem) => located(one, places);
  const head = {
    places,
    header_row: found.row,
    headings: found.headings,
    columns: mapping.uses,
    fields: mapping.fields,
    fingerprint,
    file_problems: mapping.problems.map(place),
  };
  const about_file = [...mapping.notices, ...fileNotices(file, found, others)];
  if (mapping.problems.length > 0) {
    const nothing = {
      groups: [],
      problems: [],
      codes: new Map(),
      rows: new Map(),
      untold: new Set<number>(),
    };
    return { ...head, ...nothing, notices: about_file.map(place) };
  }
  const sorted = sortRows(found.sheet, found, mapping.fields);
  const count = sorted.cameras.length + found.sheet.lost.length;
  if (count === 0) throw new CodedError('CSV_EMPTY');
  if (count > LIMITS.csv_rows_max)
    throw new CodedError('CSV_TOO_MANY_ROWS', { count, max: LIMITS.csv_rows_max });
  const read = await readRows(file, found, mapping.fields, sorted.cameras, options.signal);
  const skipped = sorted.skipped.map(({ row, code }) => problem({ line: row }, code));
  const grouped = groupByRecorder(read.rows, read.mentions);
  return {
    ...head,
    notices: [...about_file, ...read.counted, ...[...skipped, ...read.notes].sort((a, b) => a.line - b.line)]
      .slice(0, NOTICES_MAX)
      .map(place),
    groups: grouped.groups,
    problems: [...read.problems, ...grouped.problems].map(place),
    codes: read.codes,
    rows: new Map(found.sheet.rows.map((row) => [row.row, row])),
    untold: read.untold,
  };
}

/** A heading row that cannot be taken apart would leave some row of cameras to be taken for it. */
function refuseBrokenHeader({ sheet, row, recognised }: FoundHeader): void {
  const broken = sheet.lost.find((one) => one.row < row);
  if (recognised > 0 || broken === undefined) return;
  throw new CodedError(broken.reason === 'encoding' ? 'CSV_NOT_UTF8' : 'CSV_QUOTE_BROKEN');
}

function fileNotices(file: TableFile, found: FoundHeader, others: readonly FoundHeader[]): ImportProblem[] {
  const line = found.row;
  return [
    ...others.map(({ sheet }) => problem({ line }, 'CSV_SHEET_LEFT_OUT', { sheet: sheet.name ?? '' })),
    ...(found.sheet.is_hidden
      ? [problem({ line }, 'CSV_SHEET_HIDDEN', { sheet: found.sheet.name ?? '' })]
      : []),
    ...(file.has_external_links ? [problem({ line }, 'CSV_EXTERNAL_LINKS')] : []),
  ];
}

async function readRows(
  file: TableFile,
  { sheet, row: header_row, headings }: FoundHeader,
  fields: readonly (ColumnName | null)[],
  cameras: readonly TableRow[],
  signal: AbortSignal | undefined,
) {
  const problems: ImportProblem[] = lostRows(sheet, header_row);
  const notes: ImportProblem[] = [];
  const rows: RegisterRow[] = [];
  const mentions: RecorderMention[] = [];
  const codes = new Map<number, string>();
  const untold = new Set(sheet.lost.map(({ row }) => row));
  const seen = new Map<string, number>();
  const faults = faultsOf(sheet, fields);
  const counted = countedNotices();
  for (const [index, { row: line, cells }] of cameras.entries()) {
    if (index % ROWS_PER_TURN === 0) {
      await nextTurn();
      signal?.throwIfAborted();
    }
    if (file.format === 'csv' && !fits(cells, headings.length)) {
      // Which cell is which is not known, so none of them is repeated: one may be a password.
      untold.add(line);
      const details = { count: cells.length, expected: headings.length };
      problems.push(problem({ line }, 'CSV_COLUMN_COUNT', details));
      continue;
    }
    const values = new Map(
      fields.flatMap((field, column) => (field === null ? [] : [[field, cells[column] ?? null] as const])),
    );
    const same = JSON.stringify(
      [...values.values()].map((value) => (value === null ? '' : String(value).trim())),
    );
    const first_line = seen.get(same);
    if (first_line !== undefined) {
      notes.push(problem({ line }, 'CSV_ROW_REPEATED', { first_line }));
      continue;
    }
    seen.set(same, line);
    const reader = cellReader({
      line,
      values,
      faults: faults.get(line) ?? new Map(),
      date_system: file.date_system,
    });
    const { row, recorder } = readRow(reader);
    if (!reader.problems.some((one) => one.column === 'camera_code')) {
      codes.set(line, reader.shown('camera_code').trim());
    }
    if (recorder !== null) mentions.push({ line, cells: recorder });
    if (row !== null) rows.push(row);
    problems.push(...reader.problems);
    for (const { column, code } of reader.notes) counted.add(line, column, code);
  }
  countMarks(sheet, fields, new Set(cameras.map(({ row }) => row)), counted);
  return { rows, mentions, problems, notes, codes, untold, counted: counted.all() };
}

function lostRows(sheet: TableSheet, header_row: number): ImportProblem[] {
  return sheet.lost
    .filter(({ row }) => row > header_row)
    .map(({ row, reason }) =>
      problem({ line: row }, reason === 'encoding' ? 'CSV_NOT_UTF8' : 'CSV_QUOTE_BROKEN'),
    );
}

function fits(cells: TableRow['cells'], expected: number): boolean {
  return (
    cells.length >= expected &&
    cells.slice(expected).every((cell) => cell === null || `${cell}`.trim() === '')
  );
}
