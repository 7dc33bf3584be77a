import type { ColumnName } from './columns.ts';
import type { GroupPlan } from './plan-group.ts';
import type { ImportProblem } from './problem.ts';

export type RowOutcome = 'created' | 'changed' | 'unchanged' | 'rejected';

export interface ReportedRow {
  readonly line: number;
  readonly camera_code: string | null;
  readonly outcome: RowOutcome;
  /** Columns whose registered value changes. */
  readonly changes: readonly ColumnName[];
  readonly problems: readonly ImportProblem[];
}

/** What an import did, or in a preview would do. */
export interface ImportReport {
  readonly mode: 'preview' | 'apply';
  /** True when rows were written. */
  readonly is_applied: boolean;
  readonly rows_total: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** What keeps the whole file from being imported: wrong, missing or doubled headings. */
  readonly file_problems: readonly ImportProblem[];
  /** Headings that are none of the register and were left out. */
  readonly notices: readonly ImportProblem[];
  /** In order of lines. */
  readonly rows: readonly ReportedRow[];
}

/** A report of a file whose header cannot be used: nothing was looked at, nothing written. */
export function headerReport(
  mode: ImportReport['mode'],
  file_problems: readonly ImportProblem[],
  notices: readonly ImportProblem[],
): ImportReport {
  const none = { rows_total: 0, created: 0, changed: 0, unchanged: 0, rejected: 0, rows: [] };
  return { mode, is_applied: false, ...none, file_problems, notices };
}

/** Puts plans and problems together, line by line. */
export function reportOf(input: {
  readonly mode: ImportReport['mode'];
  readonly notices: readonly ImportProblem[];
  readonly plans: readonly GroupPlan[];
  readonly problems: readonly ImportProblem[];
  /** Line → camera code as it stands there, for rows that were rejected. */
  readonly codes: ReadonlyMap<number, string>;
}): ImportReport {
  const accepted = input.plans.flatMap((plan) =>
    plan.cameras.map((camera): ReportedRow => {
      const changes = camera.before === null ? [] : [...camera.changes, ...(plan.recorder?.changes ?? [])];
      const outcome = camera.before === null ? 'created' : changes.length > 0 ? 'changed' : 'unchanged';
      return { line: camera.line, camera_code: camera.after.code, outcome, changes, problems: [] };
    }),
  );
  const by_line = Map.groupBy(
    [...input.problems, ...input.plans.flatMap((plan) => plan.problems)],
    (one) => one.line,
  );
  const rejected = [...by_line].map(([line, problems]): ReportedRow => {
    return { line, camera_code: input.codes.get(line) ?? null, outcome: 'rejected', changes: [], problems };
  });
  const rows = [...accepted, ...rejected].sort((a, b) => a.line - b.line);
  const count = (outcome: RowOutcome) => rows.filter((row) => row.outcome === outcome).length;
  return {
    mode: input.mode,
    is_applied: input.mode === 'apply',
    rows_total: rows.length,
    created: count('created'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    rejected: count('rejected'),
    file_problems: [],
    notices: input.notices,
    rows,
  };
}
