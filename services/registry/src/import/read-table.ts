import { CodedError, LIMITS } from '@minhchung/domain';
import { parse } from 'csv-parse/sync';
import { type ImportProblem, problem } from './problem.ts';

const LINE_FEED = 0x0a;
const SEPARATORS = [';', ',', '\t'] as const;

/** The cells of one line, as they stand there. */
export interface TableRow {
  /** Line of the file, counting from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly header: TableRow;
  readonly rows: readonly TableRow[];
  /** Lines that could not be taken apart. */
  readonly problems: readonly ImportProblem[];
}

/**
 * Takes a CSV file apart: UTF-8 with or without byte order mark, separated by comma, semicolon or tab.
 *
 * One camera is one physical line, so that a broken quote or a byte that is not UTF-8 spoils its own line and
 * never the ones after it. Text is normalised to NFC. Throws `CSV_EMPTY`, `CSV_NOT_UTF8` (of the header),
 * `CSV_QUOTE_BROKEN` (of the header), `CSV_TOO_MANY_ROWS`.
 */
export function readTable(bytes: Uint8Array): Table {
  const lines = physicalLines(bytes);
  const problems: ImportProblem[] = [];
  const rows: TableRow[] = [];
  let header: TableRow | null = null;
  let separator: string = ',';
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    const text = decode(raw);
    if (text !== null && isBlank(text)) continue;
    if (header === null) {
      if (text === null) throw new CodedError('CSV_NOT_UTF8');
      separator = separatorOf(text);
      const cells = cellsOf(text, separator);
      if (cells === null) throw new CodedError('CSV_QUOTE_BROKEN');
      header = { line, cells };
      continue;
    }
    const cells = text === null ? null : cellsOf(text, separator);
    if (cells === null) problems.push(problem({ line }, text === null ? 'CSV_NOT_UTF8' : 'CSV_QUOTE_BROKEN'));
    else rows.push({ line, cells });
  }
  const count = rows.length + problems.length;
  if (header === null || count === 0) throw new CodedError('CSV_EMPTY');
  if (count > LIMITS.csv_rows_max) {
    throw new CodedError('CSV_TOO_MANY_ROWS', { count, max: LIMITS.csv_rows_max });
  }
  return { header, rows, problems };
}

function physicalLines(bytes: Uint8Array): Uint8Array[] {
  const has_mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const lines: Uint8Array[] = [];
  let start = has_mark ? 3 : 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found === -1 ? bytes.length : found;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/** A line as NFC text without its carriage return; null when it is not UTF-8 (or holds a NUL, as UTF-16 does). */
function decode(line: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
    return text.includes('\0') ? null : text.replace(/\r$/, '').normalize('NFC');
  } catch {
    return null;
  }
}

/** Spreadsheets write lines of separators for rows that were once used. */
function isBlank(text: string): boolean {
  return /^[\s,;"]*$/.test(text);
}

function separatorOf(header: string): string {
  const outside_quotes = header.replace(/"[^"]*"/g, '');
  const count = (separator: string) => outside_quotes.split(separator).length;
  return SEPARATORS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** The library's errors quote the line, which may hold a password: they are not passed on. */
function cellsOf(text: string, separator: string): string[] | null {
  try {
    const records = parse(text, { delimiter: separator, relax_column_count: true });
    return records.length === 1 ? records[0]! : null;
  } catch {
    return null;
  }
}
