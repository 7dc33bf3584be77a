import type { ErrorCode } from '@minhchung/domain';
import type { MarkKind, TableSheet } from '@minhchung/tables';
import type { ColumnName } from './columns.ts';
import type { CountedNotices } from './counted-notices.ts';

/** Cells without a value that can be used: a problem of their row. */
const FAULTS: Partial<Record<MarkKind, ErrorCode>> = {
  error: 'CSV_CELL_FORMULA_ERROR',
  formula_without_value: 'CSV_CELL_FORMULA_ERROR',
  cut: 'CSV_CELL_CUT',
};

/** Values that stand elsewhere, or were computed: said once for each column. */
const NOTICES: Partial<Record<MarkKind, ErrorCode>> = {
  formula: 'CSV_COLUMN_FORMULAS',
  merged: 'CSV_COLUMN_MERGED',
};

/** Row number → the fields of that row whose cells cannot be used, and why. */
export function faultsOf(
  sheet: TableSheet,
  fields: readonly (ColumnName | null)[],
): ReadonlyMap<number, ReadonlyMap<ColumnName, ErrorCode>> {
  const faults = new Map<number, Map<ColumnName, ErrorCode>>();
  for (const { row, column, kind } of sheet.marks) {
    const code = FAULTS[kind];
    const field = fields[column] ?? null;
    if (code === undefined || field === null) continue;
    const of_row = faults.get(row) ?? new Map<ColumnName, ErrorCode>();
    faults.set(row, of_row.set(field, code));
  }
  return faults;
}

/** Counts the formulas and merged values of these rows by column. */
export function countMarks(
  sheet: TableSheet,
  fields: readonly (ColumnName | null)[],
  lines: ReadonlySet<number>,
  notices: CountedNotices,
): void {
  for (const { row, column, kind } of sheet.marks) {
    const code = NOTICES[kind];
    const field = fields[column] ?? null;
    if (code !== undefined && field !== null && lines.has(row)) notices.add(row, field, code);
  }
}
