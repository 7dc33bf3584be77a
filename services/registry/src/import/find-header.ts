import { CodedError, foldVietnamese } from '@minhchung/domain';
import type { CellValue, TableFile, TableRow, TableSheet } from '@minhchung/tables';
import { HEADER_SEARCHED_ROWS, HEADING_CHARS_MAX } from '../limits.ts';
import { fieldOfHeading } from './headings.ts';

/** Fewer recognised headings than this are chance: a title may hold the words "camera" and "mạng". */
const FIELDS_MIN = 3;

export interface FoundHeader {
  readonly sheet: TableSheet;
  /** Row number of the headings; of their last row where they take two. */
  readonly row: number;
  readonly headings: readonly string[];
  /** Different fields that the headings name. */
  readonly recognised: number;
}

/**
 * The sheet that was named, or the one whose headings fit best (of equals a visible one, then the first), and the
 * row of its headings: whatever stands above is title. Throws `TABLE_SHEET_UNKNOWN`, `CSV_EMPTY`.
 */
export function findHeader(
  file: TableFile,
  sheet_name?: string,
): { found: FoundHeader; others: FoundHeader[] } {
  const sheets = sheet_name === undefined ? file.sheets : [sheetNamed(file, sheet_name)];
  const headers = sheets
    .map(headerOf)
    .filter((header) => header !== null)
    .sort((a, b) => b.recognised - a.recognised || Number(a.sheet.is_hidden) - Number(b.sheet.is_hidden));
  const [found, ...others] = headers;
  if (found === undefined) throw new CodedError('CSV_EMPTY');
  return { found, others: others.filter(({ recognised }) => recognised >= FIELDS_MIN) };
}

/** Headings as texts; a number or day among them is none of ours, but keeps its place. */
export function headingText(value: CellValue | undefined): string {
  return value === null || value === undefined ? '' : String(value).slice(0, HEADING_CHARS_MAX);
}

function sheetNamed(file: TableFile, name: string): TableSheet {
  const found =
    file.sheets.find((sheet) => sheet.name === name) ??
    file.sheets.find((sheet) => foldVietnamese(sheet.name ?? '') === foldVietnamese(name));
  if (found !== undefined) return found;
  const sheets = file.sheets.map((sheet) => sheet.name ?? 'CSV').join(', ');
  throw new CodedError('TABLE_SHEET_UNKNOWN', { sheet: name, sheets });
}

function headerOf(sheet: TableSheet): FoundHeader | null {
  const searched = sheet.rows.slice(0, HEADER_SEARCHED_ROWS);
  let best: { readonly index: number; readonly recognised: number } | null = null;
  for (const [index, row] of searched.entries()) {
    const recognised = fieldsIn(row).size;
    if (recognised > (best?.recognised ?? 0)) best = { index, recognised };
  }
  if (best === null || best.recognised < FIELDS_MIN) best = fullestRow(searched);
  if (best === null) return null;
  const headings = searched[best.index]!.cells.map(headingText);
  const below = sheet.rows[best.index + 1];
  if (below === undefined || !isSecondHeadingRow(searched[best.index]!, below)) {
    return { sheet, row: searched[best.index]!.row, headings, recognised: best.recognised };
  }
  const both = [...below.cells.map(headingText)];
  for (const [column, heading] of headings.entries()) if ((both[column] ?? '') === '') both[column] = heading;
  return { sheet, row: below.row, headings: both, recognised: best.recognised };
}

function fieldsIn(row: TableRow): ReadonlySet<string> {
  const fields = row.cells.map((value) => fieldOfHeading(headingText(value)));
  return new Set(fields.filter((field) => field !== null));
}

/** Headings that are all somebody's own: the row that fills most columns, and of equals the first. */
function fullestRow(
  rows: readonly TableRow[],
): { readonly index: number; readonly recognised: number } | null {
  let best: { readonly index: number; readonly filled: number } | null = null;
  for (const [index, { cells }] of rows.entries()) {
    const filled = cells.filter((value) => headingText(value).trim() !== '').length;
    if (filled > (best?.filled ?? 0)) best = { index, filled };
  }
  return best === null ? null : { index: best.index, recognised: fieldsIn(rows[best.index]!).size };
}

/** "Toạ độ" over "Vĩ độ" and "Kinh độ": the row below holds headings of ours and nothing else. */
function isSecondHeadingRow(header: TableRow, below: TableRow): boolean {
  if (below.row !== header.row + 1) return false;
  const written = below.cells.map(headingText).filter((heading) => heading.trim() !== '');
  const same = below.cells.filter((value, column) => value !== null && value === header.cells[column]).length;
  return (
    written.length >= 2 &&
    same < written.length &&
    written.every((heading) => fieldOfHeading(heading) !== null)
  );
}
