import { foldVietnamese, nearestName } from '@minhchung/domain';
import { COLUMNS, type ColumnName, columnOf } from './columns.ts';
import { type ImportProblem, problem } from './problem.ts';
import type { TableRow } from './read-table.ts';

export interface Header {
  /** For each cell of a row the column it belongs to; null: left out. */
  readonly columns: readonly (ColumnName | null)[];
  /** What keeps the whole file from being imported. */
  readonly problems: readonly ImportProblem[];
  /** Columns of the file that are none of the register, and left out. */
  readonly notices: readonly ImportProblem[];
}

/** Headings as they are compared: no case, no diacritics, one space for every run of anything else. */
function comparable(heading: string): string {
  return foldVietnamese(heading)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

const BY_HEADING = new Map<string, ColumnName>(
  COLUMNS.flatMap((column) =>
    [column.name, column.label_vi, ...column.aliases].map(
      (heading) => [comparable(heading), column.name] as const,
    ),
  ),
);

/**
 * Recognises the header line. A heading that is nearly one of ours is a mistake that would silently lose a
 * column, so it stops the file and is named; a heading like nothing of ours is left out, with a notice.
 */
export function recogniseHeader(header: TableRow): Header {
  const { line } = header;
  const problems: ImportProblem[] = [];
  const notices: ImportProblem[] = [];
  const seen = new Set<ColumnName>();
  const columns = header.cells.map((cell): ColumnName | null => {
    const heading = comparable(cell);
    const name = BY_HEADING.get(heading);
    if (name === undefined) {
      if (heading === '') return null;
      const nearest = nearestName(heading, [...BY_HEADING.keys()]);
      const shown = cell.trim().slice(0, 40);
      if (nearest === null) notices.push(problem({ line }, 'CSV_HEADER_IGNORED', { header: shown }));
      else {
        const meant = columnOf(BY_HEADING.get(nearest)!);
        problems.push(
          problem({ line }, 'CSV_HEADER_UNKNOWN', {
            header: shown,
            nearest: `${meant.label_vi} / ${meant.name}`,
          }),
        );
      }
      return null;
    }
    if (seen.has(name)) problems.push(problem({ line }, 'CSV_HEADER_TWICE', { header: cell.trim() }));
    seen.add(name);
    return name;
  });
  for (const column of COLUMNS) {
    if (!column.required || seen.has(column.name)) continue;
    const header_name = `${column.label_vi} / ${column.name}`;
    problems.push(problem({ line }, 'CSV_HEADER_MISSING', { header: header_name }));
  }
  return { columns, problems, notices };
}

/** The cells of a row by column, or null when their number is not that of the header. */
export function cellsByColumn(
  header: Header,
  cells: readonly string[],
): ReadonlyMap<ColumnName, string> | null {
  const spare = cells.slice(header.columns.length);
  if (cells.length < header.columns.length || spare.some((cell) => cell.trim() !== '')) return null;
  return new Map(
    header.columns.flatMap((name, index) => (name === null ? [] : [[name, cells[index]!] as const])),
  );
}
