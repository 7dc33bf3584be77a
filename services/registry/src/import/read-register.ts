import { cellReader } from './cells.ts';
import { groupByRecorder, type RecorderGroup, type RecorderMention } from './groups.ts';
import { cellsByColumn, recogniseHeader } from './header.ts';
import { type ImportProblem, problem } from './problem.ts';
import { readRow } from './read-row.ts';
import { readTable } from './read-table.ts';
import type { RegisterRow } from './register-row.ts';

/** A register file, read and checked in itself; nothing has been compared with the database yet. */
export interface RegisterFile {
  readonly file_problems: readonly ImportProblem[];
  readonly notices: readonly ImportProblem[];
  readonly groups: readonly RecorderGroup[];
  readonly problems: readonly ImportProblem[];
  /** Line → camera code as it stands there. */
  readonly codes: ReadonlyMap<number, string>;
}

/** Reads a CSV register. Throws the errors of `readTable`; everything about headings and rows is returned. */
export function readRegister(bytes: Uint8Array): RegisterFile {
  const table = readTable(bytes);
  const header = recogniseHeader(table.header);
  const codes = new Map<number, string>();
  if (header.problems.length > 0) {
    return { file_problems: header.problems, notices: header.notices, groups: [], problems: [], codes };
  }
  const problems: ImportProblem[] = [...table.problems];
  const rows: RegisterRow[] = [];
  const mentions: RecorderMention[] = [];
  for (const { line, cells } of table.rows) {
    const by_column = cellsByColumn(header, cells);
    if (by_column === null) {
      // Which cell is which is not known, so none of them is repeated: one may be a password.
      const details = { count: cells.length, expected: header.columns.length };
      problems.push(problem({ line }, 'CSV_COLUMN_COUNT', details));
      continue;
    }
    const reader = cellReader(line, by_column);
    const { row, recorder } = readRow(reader);
    const code = reader.problems.some((one) => one.column === 'camera_code')
      ? null
      : by_column.get('camera_code')!.trim();
    if (code !== null) codes.set(line, code);
    if (recorder !== null) mentions.push({ line, cells: recorder });
    if (row !== null) rows.push(row);
    problems.push(...reader.problems);
  }
  const grouped = groupByRecorder(rows, mentions);
  return {
    file_problems: [],
    notices: header.notices,
    groups: grouped.groups,
    problems: [...problems, ...grouped.problems],
    codes,
  };
}
