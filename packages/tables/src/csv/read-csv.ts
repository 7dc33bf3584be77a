import { CodedError } from '@minhchung/domain';
import { parse } from 'csv-parse/sync';
import { withoutGuard } from '../harmless.ts';
import { CELL_CHARS_MAX, CELLS_MAX, RECORD_LINES_MAX, ROW_CELLS_MAX, SHEET_ROWS_MAX } from '../limits.ts';
import type { CellMark, LostRow, TableFile, TableRow } from '../table.ts';
import { textLines } from './encoding.ts';

const SEPARATORS = [';', ',', '\t'] as const;
const JUDGED_LINES = 50;

/**
 * Takes a CSV apart, separated by comma, semicolon or tab. A broken quote or byte spoils its own line and never
 * the ones after it; a quoted cell may hold line breaks. A row's number is the one a spreadsheet shows for it.
 * Throws `TABLE_ENCODING`, `TABLE_TYPE_UNSUPPORTED`, `TABLE_TOO_LARGE`.
 */
export function readCsv(bytes: Uint8Array): TableFile {
  const lines = textLines(bytes);
  const separator = separatorOf(lines);
  const rows: TableRow[] = [];
  const lost: LostRow[] = [];
  const marks: CellMark[] = [];
  let row = 0;
  let widest = 0;
  let cells_left = CELLS_MAX;
  for (let at = 0; at < lines.length; ) {
    row += 1;
    const text = lines[at]!;
    if (text !== null && isBlank(text)) {
      at += 1;
      continue;
    }
    const record = text === null ? null : recordAt(lines, at, separator, widest);
    if (record === null) {
      lost.push({ row, reason: text === null ? 'encoding' : 'quote_broken' });
      at += 1;
    } else {
      if (record.cells.length > ROW_CELLS_MAX) {
        throw tooLarge('cột / columns', record.cells.length, ROW_CELLS_MAX);
      }
      rows.push({ row, cells: record.cells.map((cell, column) => kept(cell, row, column, marks)) });
      widest = Math.max(widest, record.cells.length);
      cells_left -= record.cells.length;
      at += record.lines;
    }
    const count = rows.length + lost.length;
    if (count > SHEET_ROWS_MAX) throw tooLarge('dòng / rows', count, SHEET_ROWS_MAX);
    if (cells_left < 0) throw tooLarge('ô / cells', CELLS_MAX - cells_left, CELLS_MAX);
  }
  const sheet = { name: null, is_hidden: false, rows, marks, lost, wide_rows: new Map<number, number>() };
  return { format: 'csv', sheets: [sheet], date_system: '1900', has_external_links: false };
}

function tooLarge(what: string, count: number, max: number): CodedError {
  return new CodedError('TABLE_TOO_LARGE', { what, count, max });
}

/** Spreadsheets write lines of separators for rows that were once used. */
function isBlank(text: string): boolean {
  return /^[\s,;"]*$/.test(text);
}

function kept(cell: string, row: number, column: number, marks: CellMark[]): string | null {
  if (cell === '') return null;
  if (cell.length <= CELL_CHARS_MAX) return withoutGuard(cell);
  marks.push({ row, column, kind: 'cut' });
  return cell.slice(0, CELL_CHARS_MAX);
}

/** The record that begins on this line: the line itself, or as many as its open quote needs. */
function recordAt(
  lines: readonly (string | null)[],
  at: number,
  separator: string,
  widest: number,
): { readonly cells: string[]; readonly lines: number } | null {
  let text = lines[at]!;
  const alone = cellsOf(text, separator);
  if (alone !== null) return { cells: alone, lines: 1 };
  if (quotesIn(text) % 2 === 0) return null;
  for (let count = 2; count <= RECORD_LINES_MAX && at + count <= lines.length; count += 1) {
    const next = lines[at + count - 1];
    if (next === null || next === undefined) return null;
    text += `\n${next}`;
    const cells = quotesIn(text) % 2 === 0 ? cellsOf(text, separator) : null;
    // Fewer cells than other rows: a stray quote that swallowed the line after it.
    if (cells !== null) return cells.length >= widest ? { cells, lines: count } : null;
  }
  return null;
}

function quotesIn(text: string): number {
  return text.split('"').length - 1;
}

/** The separator that most lines have most often: titles above the list have commas of their own. */
function separatorOf(lines: readonly (string | null)[]): string {
  const judged = lines.filter((line) => line !== null && !isBlank(line)).slice(0, JUDGED_LINES) as string[];
  const declared = /^sep=(.)$/i.exec(judged[0] ?? '')?.[1];
  if (declared !== undefined && (SEPARATORS as readonly string[]).includes(declared)) return declared;
  const weight = (separator: string): number => {
    const by_count = new Map<number, number>();
    for (const line of judged) {
      const count = line.replace(/"[^"]*"/g, '').split(separator).length - 1;
      by_count.set(count, (by_count.get(count) ?? 0) + count);
    }
    return Math.max(...by_count.values(), 0);
  };
  return SEPARATORS.reduce((best, next) => (weight(next) > weight(best) ? next : best));
}

/** The library's errors quote the line, which may hold a password: they are not passed on. */
function cellsOf(text: string, separator: string): string[] | null {
  if (!text.includes('"')) return text.split(separator);
  try {
    const records = parse(text, {
      delimiter: separator,
      relax_column_count: true,
      record_delimiter: '\u0000',
    });
    return records.length === 1 ? records[0]! : null;
  } catch {
    return null;
  }
}
