import type { ErrorCode } from '@minhchung/domain';
import type { ColumnName } from './columns.ts';
import { type ImportProblem, problem } from './problem.ts';

/** Gathers what is true of many cells of a column, to say it once. */
export interface CountedNotices {
  add(line: number, column: ColumnName, code: ErrorCode): void;
  /** One notice for each column and code, at the first cell, with how many there are. */
  all(): ImportProblem[];
}

/** Nothing gathered yet. */
export function countedNotices(): CountedNotices {
  const met = new Map<string, { line: number; column: ColumnName; code: ErrorCode; count: number }>();
  return {
    add(line, column, code) {
      const key = `${code}/${column}`;
      const known = met.get(key);
      if (known === undefined) met.set(key, { line, column, code, count: 1 });
      else {
        known.count += 1;
        known.line = Math.min(known.line, line);
      }
    },
    all: () =>
      [...met.values()].map(({ line, column, code, count }) => problem({ line, column }, code, { count })),
  };
}
