/** What stands in a cell. A day or time is ISO text (`2026-03-01`, `2026-03-01 07:30:00`); null: empty. */
export type CellValue = string | number | null;

/** One row as a person sees it. */
export interface TableRow {
  /** Row number as the person's spreadsheet shows it, counting from 1. */
  readonly row: number;
  /** By column from A; rows may be shorter than others. Text is NFC. */
  readonly cells: readonly CellValue[];
}

/** What is worth knowing of a cell besides its value. */
export type MarkKind =
  /** The value was computed by a formula when the file was last saved; it is taken, never computed anew. */
  | 'formula'
  /** A formula whose value was not saved: the cell counts as empty. */
  | 'formula_without_value'
  /** `#N/A`, `#REF!` and the like: the cell counts as empty. */
  | 'error'
  /** The value stands in the first cell of a merged area and counts for this row too. */
  | 'merged'
  /** Text beyond the limit of a cell was cut off. */
  | 'cut';

export interface CellMark {
  readonly row: number;
  /** Counting from 0. */
  readonly column: number;
  readonly kind: MarkKind;
}

/** A row that could not be taken apart (CSV only). */
export interface LostRow {
  readonly row: number;
  readonly reason: 'quote_broken' | 'encoding';
}

/** One sheet; a CSV file is one sheet without a name. */
export interface TableSheet {
  readonly name: string | null;
  readonly is_hidden: boolean;
  /** In order; rows without anything in them are left out. */
  readonly rows: readonly TableRow[];
  readonly marks: readonly CellMark[];
  readonly lost: readonly LostRow[];
  /** Row number → the columns (from 0) that one horizontally merged area covers there. */
  readonly wide_rows: ReadonlyMap<number, number>;
}

/** A file of tables. */
export interface TableFile {
  readonly format: 'csv' | 'xlsx';
  readonly sheets: readonly TableSheet[];
  /** Dates that are bare numbers count days from here. */
  readonly date_system: '1900' | '1904';
  /** The workbook refers to other files; what was saved of them is taken, nothing is followed. */
  readonly has_external_links: boolean;
}

/** `A` for 0, `Z` for 25, `AA` for 26, as spreadsheets name columns. */
export function columnLetter(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** True when nothing but white space stands in the cell. */
export function isEmptyCell(value: CellValue | undefined): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}
