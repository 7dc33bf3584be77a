import type { ErrorCode } from '@minhchung/domain';
import { columnLetter, type MarkKind, type TableSheet } from '@minhchung/tables';
import type { ColumnName } from './columns.ts';
import { type ImportProblem, problem } from './problem.ts';

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

/** One notice for each column that holds formulas or merged values in these rows, at the first of them. */
export function markNotices(
  sheet: TableSheet,
  fields: readonly (ColumnName | null)[],
  lines: ReadonlySet<number>,
): ImportProblem[] {
  const met = new Map<
    string,
    { readonly line: number; readonly column: number; readonly code: ErrorCode; count: number }
  >();
  for (const { row, column, kind } of sheet.marks) {
    const code = NOTICES[kind];
    if (code === undefined || !lines.has(row) || (fields[column] ?? null) === null) continue;
    const key = `${code}/${column}`;
    const known = met.get(key);
    if (known === undefined) met.set(key, { line: row, column, code, count: 1 });
    else known.count += 1;
  }
  return [...met.values()].map(({ line, column, code, count }) => {
    const at = { line, column: fields[column]!, column_letter: columnLetter(column) };
    return problem(at, code, { count });
  });
}
