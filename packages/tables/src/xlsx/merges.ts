import type { MergeRange } from 'hucre';
import { MERGES_MAX } from '../limits.ts';
import type { CellMark, CellValue, TableRow } from '../table.ts';

/** Wider than this, a merged area is a heading over the list and not a value of its rows. */
const VALUE_COLUMNS_MAX = 2;

/**
 * Gives every row of a vertically merged area its value, as a person reads it: a ward's name over its twenty
 * cameras, a heading that reaches over two header lines. Rows that are not there are not made.
 */
export function fillMerges(
  rows: readonly TableRow[],
  merges: readonly MergeRange[],
  marks: CellMark[],
): readonly TableRow[] {
  const tall = merges.slice(0, MERGES_MAX).filter(({ startRow, endRow, startCol, endCol }) => {
    return endRow > startRow && endCol - startCol < VALUE_COLUMNS_MAX;
  });
  if (tall.length === 0) return rows;
  const index_of = new Map(rows.map(({ row }, index) => [row, index]));
  const filled: (readonly CellValue[])[] = rows.map(({ cells }) => cells);
  for (const { startRow, endRow, startCol } of tall) {
    const first = index_of.get(startRow + 1);
    const value = first === undefined ? null : (filled[first]![startCol] ?? null);
    if (first === undefined || value === null) continue;
    for (let index = first + 1; index < rows.length && rows[index]!.row <= endRow + 1; index += 1) {
      const cells = [...filled[index]!];
      while (cells.length <= startCol) cells.push(null);
      if (cells[startCol] !== null) continue;
      cells[startCol] = value;
      filled[index] = cells;
      marks.push({ row: rows[index]!.row, column: startCol, kind: 'merged' });
    }
  }
  return rows.map(({ row }, index) => ({ row, cells: filled[index]! }));
}

/** Row number → how many columns the widest merged area of that row covers. */
export function wideRows(merges: readonly MergeRange[]): ReadonlyMap<number, number> {
  const wide = new Map<number, number>();
  for (const { startRow, startCol, endCol } of merges.slice(0, MERGES_MAX)) {
    const columns = endCol - startCol + 1;
    if (columns > (wide.get(startRow + 1) ?? 1)) wide.set(startRow + 1, columns);
  }
  return wide;
}
