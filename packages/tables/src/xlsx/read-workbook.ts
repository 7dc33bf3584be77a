import { CodedError, isCoded } from '@minhchung/domain';
import { type CellValue as HucreValue, readXlsx, type Sheet } from 'hucre';
import { CELLS_MAX, ROW_CELLS_MAX, SHEET_ROW_NUMBER_MAX, SHEET_ROWS_MAX, SHEETS_MAX } from '../limits.ts';
import type { CellMark, CellValue, TableFile, TableRow, TableSheet } from '../table.ts';
import { cellValue } from './cell-value.ts';
import { fillMerges, wideRows } from './merges.ts';
import { listParts } from './zip-directory.ts';

/**
 * Reads a workbook. The values of formulas are those that were saved with it; nothing is computed and no other
 * file is opened. Throws `TABLE_UNREADABLE`, `TABLE_TOO_LARGE`, and what `listParts` throws.
 *
 * Call it in a thread that may die: what the limits below let pass can still be large for a moment.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<TableFile> {
  const parts = listParts(bytes);
  const workbook = await parsed(bytes);
  atMost('trang tính / sheets', workbook.sheets.length, SHEETS_MAX);
  const budget = { cells_left: CELLS_MAX };
  return {
    format: 'xlsx',
    sheets: workbook.sheets.map((sheet) => readSheet(sheet, budget)),
    date_system: workbook.dateSystem === '1904' ? '1904' : '1900',
    has_external_links: parts.some((name) => /^xl\/externalLinks\//i.test(name)),
  };
}

async function parsed(bytes: Uint8Array) {
  try {
    return await readXlsx(bytes, { maxRows: SHEET_ROW_NUMBER_MAX + 1 });
  } catch (error) {
    if (isCoded(error)) throw error;
    throw new CodedError('TABLE_UNREADABLE', {}, { cause: error });
  }
}

function atMost(what: string, count: number, max: number): void {
  if (count > max) throw new CodedError('TABLE_TOO_LARGE', { what, count, max });
}

function readSheet(sheet: Sheet, budget: { cells_left: number }): TableSheet {
  const marks: CellMark[] = [];
  const rows: TableRow[] = [];
  for (const [index, values] of sheet.rows.entries()) {
    const last = lastFilled(values);
    if (last === -1) continue;
    // Row numbers are checked with something in them: styles alone may reach to the end of the sheet.
    atMost('dòng / rows', index + 1, SHEET_ROW_NUMBER_MAX);
    atMost('cột / columns', last + 1, ROW_CELLS_MAX);
    budget.cells_left -= last + 1;
    if (budget.cells_left < 0) atMost('ô / cells', CELLS_MAX - budget.cells_left, CELLS_MAX);
    rows.push({ row: index + 1, cells: readCells(sheet, index, values.slice(0, last + 1), marks) });
  }
  atMost('dòng / rows', rows.length, SHEET_ROWS_MAX);
  const merges = sheet.merges ?? [];
  return {
    name: sheet.name,
    is_hidden: sheet.hidden === true || sheet.veryHidden === true,
    rows: fillMerges(rows, merges, marks),
    marks,
    lost: [],
    wide_rows: wideRows(merges),
  };
}

function lastFilled(values: readonly HucreValue[]): number {
  return values.findLastIndex((value) => value !== null && value !== '');
}

function readCells(
  sheet: Sheet,
  index: number,
  values: readonly HucreValue[],
  marks: CellMark[],
): readonly CellValue[] {
  return values.map((value, column) => {
    const { kept, kinds } = cellValue(value, sheet.cells?.get(`${index},${column}`));
    for (const kind of kinds) marks.push({ row: index + 1, column, kind });
    return kept;
  });
}
