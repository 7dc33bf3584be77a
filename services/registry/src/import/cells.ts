import type { ErrorCode, ErrorDetails } from '@minhchung/domain';
import { foldVietnamese, isCode, LIMITS } from '@minhchung/domain';
import type { ColumnName } from './columns.ts';
import { type ImportProblem, problem } from './problem.ts';

const NUMBER = /^[+-]?\d{1,6}(?:[.,]\d{1,15})?$/;
const DEGREE_SIGNS = /\s*(?:°|độ|m)$/i;

/** Words people write for one value: `{ community: ['cộng đồng', …] }`. */
export type Choices<V extends string> = Readonly<Record<V, readonly string[]>>;

/** Reads one row cell by cell. Every read that fails notes a problem and gives null, as an empty cell does. */
export interface CellReader {
  readonly line: number;
  /** One line of text: whitespace collapsed. */
  text(column: ColumnName, chars_max: number): string | null;
  /** As it stands, for passwords. */
  raw(column: ColumnName, chars_max: number): string | null;
  code(column: ColumnName): string | null;
  choice<V extends string>(column: ColumnName, choices: Choices<V>): V | null;
  /** Several of the choices, separated by `|` (names of purposes contain commas). */
  choices<V extends string>(column: ColumnName, choices: Choices<V>): readonly V[] | null;
  /** Decimal point or decimal comma. */
  number(column: ColumnName, min: number, max: number): number | null;
  isEmpty(column: ColumnName): boolean;
  /** Notes that the column must not be empty. */
  need(column: ColumnName): void;
  fail(column: ColumnName, code: ErrorCode, details?: ErrorDetails): null;
  readonly problems: readonly ImportProblem[];
}

/** A reader of one row; `cells` maps the columns of the file to what stands there. */
export function cellReader(line: number, cells: ReadonlyMap<ColumnName, string>): CellReader {
  const problems: ImportProblem[] = [];

  function fail(column: ColumnName, code: ErrorCode, details: ErrorDetails = {}): null {
    problems.push(problem({ line, column, value: cells.get(column) ?? '' }, code, details));
    return null;
  }

  function raw(column: ColumnName, chars_max: number): string | null {
    const value = cells.get(column) ?? '';
    if (value.trim() === '') return null;
    const length = [...value].length;
    if (length > chars_max) return fail(column, 'CSV_CELL_TOO_LONG', { length, max: chars_max });
    if (/\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u.test(value)) return fail(column, 'CSV_CELL_CONTROL');
    return value;
  }

  function text(column: ColumnName, chars_max: number): string | null {
    return raw(column, chars_max)?.replace(/\s+/g, ' ').trim() ?? null;
  }

  function isEmpty(column: ColumnName): boolean {
    return (cells.get(column) ?? '').trim() === '';
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
    fail,
    isEmpty,
    raw,
    text,
    code(column) {
      const value = text(column, LIMITS.csv_field_max_chars);
      if (value === null) return null;
      return isCode(value) ? value : fail(column, 'CSV_CELL_CODE', { max: LIMITS.code_max_chars });
    },
    choice<V extends string>(column: ColumnName, choices: Choices<V>) {
      const value = text(column, LIMITS.csv_field_max_chars);
      return value === null ? null : chosen(column, value, choices);
    },
    choices<V extends string>(column: ColumnName, choices: Choices<V>) {
      const value = text(column, LIMITS.csv_field_max_chars);
      if (value === null) return null;
      const found = value.split('|').map((part) => chosen(column, part, choices));
      return found.includes(null) ? null : [...new Set(found as V[])];
    },
    number(column, min, max) {
      const value = text(column, LIMITS.csv_field_max_chars)?.replace(DEGREE_SIGNS, '') ?? null;
      if (value === null) return null;
      if (!NUMBER.test(value)) return fail(column, 'CSV_CELL_NUMBER');
      const number = Number(value.replace(',', '.'));
      return number >= min && number <= max ? number : fail(column, 'CSV_CELL_RANGE', { min, max });
    },
    need(column) {
      if (isEmpty(column)) fail(column, 'CSV_CELL_MISSING');
    },
  };
}
