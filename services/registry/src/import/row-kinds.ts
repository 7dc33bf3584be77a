import type { ErrorCode } from '@minhchung/domain';
import { foldVietnamese } from '@minhchung/domain';
import { isEmptyCell, type TableRow, type TableSheet } from '@minhchung/tables';
import type { ColumnName } from './columns.ts';
import { headingText } from './find-header.ts';
import { comparable } from './headings.ts';

const TOTAL = /^(?:tong cong|tong so|tong|cong|total|sum)(?:[ :.]|$)/;
/** A merged area wider than this is a line of text across the list. */
const TITLE_COLUMNS_MIN = 3;
/** Signatures, dates and names under a list fill few cells. */
const FOOTER_CELLS_MAX = 4;
/** A repeated heading row repeats at least this many; two equal cells may be chance. */
const HEADINGS_AGAIN_MIN = 3;

/** A row below the headings that is no camera, and what it is. */
export interface SkippedRow {
  readonly row: number;
  readonly code: ErrorCode;
}

/** Fields that only a camera's row has: with one of them a row is never taken for something else. */
const OF_A_CAMERA: readonly ColumnName[] = [
  'camera_code',
  'coordinates',
  'latitude',
  'longitude',
  'device_url',
];

/**
 * Tells rows that are cameras from what people write between and under them: headings repeated on every page,
 * titles across the list, totals, signatures, numbers of rows nobody filled in.
 */
export function sortRows(
  sheet: TableSheet,
  header: { readonly row: number; readonly headings: readonly string[] },
  fields: readonly (ColumnName | null)[],
): { readonly cameras: readonly TableRow[]; readonly skipped: readonly SkippedRow[] } {
  const filled = (row: TableRow, wanted: readonly ColumnName[]) =>
    fields.some((field, column) => {
      return field !== null && wanted.includes(field) && !isEmptyCell(row.cells[column]);
    });
  const kindOf = (row: TableRow): ErrorCode | null => {
    const written = row.cells.filter((value) => !isEmptyCell(value));
    if (repeatsHeadings(row, header.headings)) return 'CSV_ROW_HEADER_AGAIN';
    if (filled(row, OF_A_CAMERA) && !isTotal(row, fields)) return null;
    if (isTotal(row, fields)) return 'CSV_ROW_TOTAL';
    const is_wide = (sheet.wide_rows.get(row.row) ?? 1) >= TITLE_COLUMNS_MIN;
    if (written.length === 1 || (is_wide && written.length <= 2)) return 'CSV_ROW_TITLE';
    return fields.some((field, column) => field !== null && !isEmptyCell(row.cells[column]))
      ? null
      : 'CSV_ROW_EMPTY';
  };
  const below = sheet.rows.filter(
    ({ row, cells }) => row > header.row && cells.some((value) => !isEmptyCell(value)),
  );
  const skipped: SkippedRow[] = [];
  const cameras = below.filter((row) => {
    const code = kindOf(row);
    if (code !== null) skipped.push({ row: row.row, code });
    return code === null;
  });
  for (let last = cameras.at(-1); last !== undefined && isFooter(last, filled); last = cameras.at(-1)) {
    skipped.push({ row: last.row, code: 'CSV_ROW_FOOTER' });
    cameras.pop();
  }
  return { cameras, skipped: [...skipped, ...gapsBetween(cameras, below)].sort((a, b) => a.row - b.row) };
}

function repeatsHeadings(row: TableRow, headings: readonly string[]): boolean {
  const written = row.cells.flatMap((value, column) => (isEmptyCell(value) ? [] : [column]));
  return (
    written.length >= HEADINGS_AGAIN_MIN &&
    written.every((column) => {
      return comparable(headingText(row.cells[column])) === comparable(headings[column] ?? '');
    })
  );
}

/** The first word of the row says so, and the row has no place. */
function isTotal(row: TableRow, fields: readonly (ColumnName | null)[]): boolean {
  const first = row.cells.find((value) => typeof value === 'string' && !isEmptyCell(value));
  if (typeof first !== 'string' || !TOTAL.test(foldVietnamese(first))) return false;
  return !fields.some((field, column) => {
    const is_place = field === 'latitude' || field === 'longitude' || field === 'coordinates';
    return is_place && !isEmptyCell(row.cells[column]);
  });
}

function isFooter(row: TableRow, filled: (row: TableRow, wanted: readonly ColumnName[]) => boolean): boolean {
  const written = row.cells.filter((value) => !isEmptyCell(value)).length;
  return written <= FOOTER_CELLS_MAX && !filled(row, OF_A_CAMERA);
}

/** One note for every run of empty rows between cameras; those after the last one are nobody's business. */
function gapsBetween(cameras: readonly TableRow[], below: readonly TableRow[]): SkippedRow[] {
  const last = cameras.at(-1)?.row ?? 0;
  return below.flatMap(({ row }, index) => {
    const before = below[index - 1]?.row;
    const is_gap = before !== undefined && row > before + 1 && row <= last;
    return is_gap ? [{ row: before + 1, code: 'CSV_ROW_EMPTY' as const }] : [];
  });
}
