import type { ErrorCode, ErrorDetails } from '@minhchung/domain';
import { foldVietnamese, isCode, LIMITS } from '@minhchung/domain';
import { type CellValue, isEmptyCell } from '@minhchung/tables';
import type { ColumnName } from './columns.ts';
import { startOfDay, startOfSerialDay } from './dates.ts';
import { type ImportProblem, problem } from './problem.ts';

const NUMBER = /^[+-]?\d{1,6}(?:[.,]\d{1,20})?(?:e-?\d{1,2})?$/i;
const UNIT_SIGNS = /\s*(?:°|º|độ|m)$/i;

/** Words people write for one value: `{ community: ['cộng đồng', …] }`. */
export type Choices<V extends string> = Readonly<Record<V, readonly string[]>>;

/** One row as the file has it. */
export interface RowCells {
  readonly line: number;
  /** By field; a field that is not here has no column in the file. */
  readonly values: ReadonlyMap<ColumnName, CellValue>;
  /** Cells that cannot be read, whatever they hold: an error of a formula, text that was cut. */
  readonly faults?: ReadonlyMap<ColumnName, ErrorCode>;
  readonly date_system?: '1900' | '1904';
}

/** Reads one row cell by cell. Every read that fails notes a problem and gives null, as an empty cell does. */
export interface CellReader {
  readonly line: number;
  /** True when the file has such a column. */
  has(column: ColumnName): boolean;
  /** One line of text: white space, line breaks included, collapsed. */
  text(column: ColumnName, chars_max: number): string | null;
  /** As it stands, for passwords. */
  raw(column: ColumnName, chars_max: number): string | null;
  code(column: ColumnName): string | null;
  choice<V extends string>(column: ColumnName, choices: Choices<V>): V | null;
  /** Several of the choices, separated by `|` (names of purposes contain commas). */
  choices<V extends string>(column: ColumnName, choices: Choices<V>): readonly V[] | null;
  /** Decimal point or decimal comma. */
  number(column: ColumnName, min: number, max: number): number | null;
  /** The beginning of a day in Vietnam, milliseconds UTC. */
  day(column: ColumnName): number | null;
  isEmpty(column: ColumnName): boolean;
  /** Notes that the column must not be empty. */
  need(column: ColumnName): void;
  fail(column: ColumnName, code: ErrorCode, details?: ErrorDetails): null;
  /** Says something about a cell that is no problem. */
  note(column: ColumnName, code: ErrorCode): void;
  /** What a person sees in the cell. */
  shown(column: ColumnName): string;
  /** The number of a cell that holds one, not text that looks like one. */
  bareNumber(column: ColumnName): number | null;
  readonly problems: readonly ImportProblem[];
  readonly notes: readonly { readonly column: ColumnName; readonly code: ErrorCode }[];
}

/** A reader of one row. */
export function cellReader({ line, values, faults = new Map(), date_system = '1900' }: RowCells): CellReader {
  const problems: ImportProblem[] = [];
  const notes: { readonly column: ColumnName; readonly code: ErrorCode }[] = [];
  for (const [column, code] of faults) fail(column, code);

  function shown(column: ColumnName): string {
    const value = values.get(column) ?? '';
    return String(value);
  }

  function fail(column: ColumnName, code: ErrorCode, details: ErrorDetails = {}): null {
    problems.push(problem({ line, column, value: shown(column) }, code, details));
    return null;
  }

  function isEmpty(column: ColumnName): boolean {
    return isEmptyCell(values.get(column)) && !faults.has(column);
  }

  function checked(column: ColumnName, value: string, chars_max: number): string | null {
    if (faults.has(column) || value.trim() === '') return null;
    const length = [...value].length;
    if (length > chars_max) return fail(column, 'CSV_CELL_TOO_LONG', { length, max: chars_max });
    if (/\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u.test(value)) return fail(column, 'CSV_CELL_CONTROL');
    return value;
  }

  function text(column: ColumnName, chars_max: number): string | null {
    return checked(column, shown(column).replace(/\s+/g, ' ').trim(), chars_max);
  }

  function field(column: ColumnName): string | null {
    return text(column, LIMITS.csv_field_max_chars);
  }

  function chosen<V extends string>(column: ColumnName, value: string, choices: Choices<V>): V | null {
    const entries = Object.entries(choices) as [V, readonly string[]][];
    const folded = foldVietnamese(value);
    const found = entries.find(([word, words]) =>
      [word, ...words].some((one) => foldVietnamese(one) === folded),
    );
    if (found !== undefined) return found[0];
    const allowed = entries.map(([word, words]) => `${words[0] ?? word} (${word})`).join(', ');
    return fail(column, 'CSV_CELL_CHOICE', { allowed });
  }

  return {
    line,
    problems,
    notes,
    fail,
    shown,
    isEmpty,
    text,
    has: (column) => values.has(column),
    note(column, code) {
      notes.push({ column, code });
    },
    bareNumber(column) {
      const value = values.get(column);
      return typeof value === 'number' ? value : null;
    },
    raw: (column, chars_max) => checked(column, shown(column), chars_max),
    code(column) {
      const value = field(column);
      if (value === null) return null;
      return isCode(value) ? value : fail(column, 'CSV_CELL_CODE', { max: LIMITS.code_max_chars });
    },
    choice<V extends string>(column: ColumnName, choices: Choices<V>) {
      const value = field(column);
      return value === null ? null : chosen(column, value, choices);
    },
    choices<V extends string>(column: ColumnName, choices: Choices<V>) {
      const value = field(column);
      if (value === null) return null;
      const found = value.split('|').map((part) => chosen(column, part, choices));
      return found.includes(null) ? null : [...new Set(found as V[])];
    },
    number(column, min, max) {
      const value = field(column)?.replace(UNIT_SIGNS, '') ?? null;
      if (value === null) return null;
      if (!NUMBER.test(value)) return fail(column, 'CSV_CELL_NUMBER');
      const number = Number(value.replace(',', '.'));
      return number >= min && number <= max ? number : fail(column, 'CSV_CELL_RANGE', { min, max });
    },
    day(column) {
      const value = values.get(column);
      const found =
        typeof value === 'number' ? startOfSerialDay(value, date_system) : startOfDay(field(column) ?? '');
      if (isEmpty(column) || faults.has(column)) return null;
      return found ?? fail(column, 'CSV_CELL_DATE');
    },
    need(column) {
      if (isEmpty(column)) fail(column, 'CSV_CELL_MISSING');
    },
  };
}
