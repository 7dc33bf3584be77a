import type { ColumnName } from './columns.ts';
import type { ColumnUse } from './mapping.ts';
import type { GroupPlan } from './plan-group.ts';
import { type ImportProblem, located } from './problem.ts';
import type { RegisterFile } from './read-register.ts';

export type RowOutcome = 'created' | 'changed' | 'unchanged' | 'rejected';

/** Which rows are written when some are wrong: none, or the others. */
export type RowsChoice = 'all_or_nothing' | 'good_rows';

export interface ReportedRow {
  /** Row number as the spreadsheet shows it. */
  readonly line: number;
  readonly camera_code: string | null;
  /** What became of the row, or would become of it if the file were applied as it is. */
  readonly outcome: RowOutcome;
  /** Columns whose registered value changes. */
  readonly changes: readonly ColumnName[];
  readonly problems: readonly ImportProblem[];
}

/** What an import did, or in a preview would do. */
export interface ImportReport {
  readonly mode: 'preview' | 'apply';
  readonly rows_choice: RowsChoice;
  /** True when the good rows were written. */
  readonly is_applied: boolean;
  /** Name of the sheet that was read; null for CSV. */
  readonly sheet: string | null;
  /** Row of the headings; what stands above is title. */
  readonly header_row: number;
  /** What each column of the file was taken for. */
  readonly columns: readonly ColumnUse[];
  readonly rows_total: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** What keeps the whole file from being imported: wrong, missing or doubled headings. */
  readonly file_problems: readonly ImportProblem[];
  /** What was left out or read in a way a person should know of. */
  readonly notices: readonly ImportProblem[];
  /** In order of rows. */
  readonly rows: readonly ReportedRow[];
}

/** Puts plans and problems together, row by row. */
export function reportOf(input: {
  readonly mode: ImportReport['mode'];
  readonly rows_choice: RowsChoice;
  readonly file: RegisterFile;
  readonly plans: readonly GroupPlan[];
  readonly is_applied: boolean;
}): ImportReport {
  const { file, plans, mode, rows_choice, is_applied } = input;
  const accepted = plans.flatMap((plan) =>
    plan.cameras.map((camera): ReportedRow => {
      const changes = camera.before === null ? [] : [...camera.changes, ...(plan.recorder?.changes ?? [])];
      const outcome = camera.before === null ? 'created' : changes.length > 0 ? 'changed' : 'unchanged';
      return { line: camera.line, camera_code: camera.after.code, outcome, changes, problems: [] };
    }),
  );
  const found = plans.flatMap((plan) => plan.problems).map((one) => located(one, file.places));
  const by_line = Map.groupBy([...file.problems, ...found], (one) => one.line);
  const rejected = [...by_line].map(([line, problems]): ReportedRow => {
    const camera_code = file.codes.get(line) ?? null;
    return { line, camera_code, outcome: 'rejected', changes: [], problems };
  });
  const rows = [...accepted, ...rejected].sort((a, b) => a.line - b.line);
  const count = (outcome: RowOutcome) => rows.filter((row) => row.outcome === outcome).length;
  return {
    mode,
    rows_choice,
    is_applied,
    sheet: file.places.sheet,
    header_row: file.header_row,
    columns: file.columns,
    rows_total: rows.length,
    created: count('created'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    rejected: count('rejected'),
    file_problems: file.file_problems,
    notices: file.notices,
    rows,
  };
}
