import { type Bilingual, CodedError, type ErrorCode, type ErrorDetails } from '@minhchung/domain';
import { REPORTED_VALUE_CHARS_MAX } from '../limits.ts';
import { type ColumnName, columnOf } from './columns.ts';

/** What is wrong in one place of a file, as people and programs are told. */
export interface ImportProblem {
  /** Name of the sheet; null for CSV. */
  readonly sheet: string | null;
  /** Row number as the spreadsheet shows it, counting from 1; for CSV the line, unless cells hold line breaks. */
  readonly line: number;
  readonly column: ColumnName | null;
  /** Letter of the column as the spreadsheet shows it; null when the file has no such column. */
  readonly column_letter: string | null;
  /** What stood there, shortened; null where it could be, or could hold, a secret. */
  readonly value: string | null;
  readonly code: ErrorCode;
  readonly text: Bilingual;
}

/** Where the columns of a file stand. */
export interface Places {
  readonly sheet: string | null;
  readonly letters: ReadonlyMap<ColumnName, string>;
}

/**
 * A problem of a row, or of one cell of it. The catalogue gives the text; `column` is named in both languages.
 * Sheet and letter are added by `located` when the report is put together.
 */
export function problem(
  at: {
    readonly line: number;
    readonly column?: ColumnName;
    readonly column_letter?: string;
    readonly value?: string;
  },
  code: ErrorCode,
  details: ErrorDetails = {},
): ImportProblem {
  const { line, column = null, column_letter = null } = at;
  const text = {
    vi: textIn('vi', code, { ...labels(column, 'vi'), ...details }),
    en: textIn('en', code, { ...labels(column, 'en'), ...details }),
  };
  return { sheet: null, line, column, column_letter, value: reportable(column, at.value), code, text };
}

/** The problem with the sheet and the column's letter as the person sees them. */
export function located(one: ImportProblem, { sheet, letters }: Places): ImportProblem {
  const letter = one.column === null ? undefined : letters.get(one.column);
  return { ...one, sheet, column_letter: one.column_letter ?? letter ?? null };
}

function textIn(language: 'vi' | 'en', code: ErrorCode, details: ErrorDetails): string {
  return new CodedError(code, details).texts[language];
}

function labels(column: ColumnName | null, language: 'vi' | 'en'): ErrorDetails {
  if (column === null) return {};
  return { column: language === 'vi' ? columnOf(column).label_vi : column };
}

/**
 * An address may carry a password (`http://user:password@host`), so one with an `@` is not repeated either.
 */
function reportable(column: ColumnName | null, value: string | undefined): string | null {
  if (column === null || value === undefined || value === '' || mayBeSecret(column, value)) return null;
  return value.length <= REPORTED_VALUE_CHARS_MAX ? value : `${value.slice(0, REPORTED_VALUE_CHARS_MAX)}…`;
}

/** True for what no report and no file that is handed back may repeat. */
export function mayBeSecret(column: ColumnName, value: string): boolean {
  return columnOf(column).secret || (column === 'device_url' && value.includes('@'));
}
