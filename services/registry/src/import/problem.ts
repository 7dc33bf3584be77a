import { type Bilingual, CodedError, type ErrorCode, type ErrorDetails } from '@minhchung/domain';
import { REPORTED_VALUE_CHARS_MAX } from '../limits.ts';
import { type ColumnName, columnOf } from './columns.ts';

/** What is wrong in one place of a file, as people and programs are told. */
export interface ImportProblem {
  /** Line of the file, counting from 1. */
  readonly line: number;
  readonly column: ColumnName | null;
  /** What stood there, shortened; null where it could be, or could hold, a secret. */
  readonly value: string | null;
  readonly code: ErrorCode;
  readonly text: Bilingual;
}

/** A problem of a line, or of one cell of it. The catalogue gives the text; `column` is named in both languages. */
export function problem(
  at: { readonly line: number; readonly column?: ColumnName; readonly value?: string },
  code: ErrorCode,
  details: ErrorDetails = {},
): ImportProblem {
  const { line, column = null } = at;
  const text = {
    vi: textIn('vi', code, { ...labels(column, 'vi'), ...details }),
    en: textIn('en', code, { ...labels(column, 'en'), ...details }),
  };
  return { line, column, value: reportable(column, at.value), code, text };
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
  if (column === null || value === undefined || value === '') return null;
  if (columnOf(column).secret || (column === 'device_url' && value.includes('@'))) return null;
  return value.length <= REPORTED_VALUE_CHARS_MAX ? value : `${value.slice(0, REPORTED_VALUE_CHARS_MAX)}…`;
}
