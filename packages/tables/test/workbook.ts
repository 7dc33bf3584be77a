import { type Cell, type CellValue, type MergeRange, writeXlsx } from 'hucre';

/** One sheet as a test wants it. */
export interface TestSheet {
  readonly name: string;
  readonly rows: readonly (readonly CellValue[])[];
  /** `[first row, first column, last row, last column]`, all counting from 1. */
  readonly merges?: readonly (readonly [number, number, number, number])[];
  /** `row,column` from 0 → what is special about the cell. */
  readonly cells?: ReadonlyMap<string, Partial<Cell>>;
  readonly hidden?: boolean;
}

/** The bytes of a workbook, as Excel would have written them. */
export async function workbook(...sheets: readonly TestSheet[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(({ name, rows, merges = [], cells, hidden = false }) => ({
      name,
      hidden,
      rows: rows.map((row) => [...row]),
      merges: merges.map(([first_row, first_column, last_row, last_column]): MergeRange => {
        return {
          startRow: first_row - 1,
          startCol: first_column - 1,
          endRow: last_row - 1,
          endCol: last_column - 1,
        };
      }),
      ...(cells === undefined ? {} : { cells: new Map(cells) }),
    })),
  });
}
