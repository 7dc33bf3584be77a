/** What a spreadsheet takes for the beginning of a formula, behind spaces and control characters too. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@\t\r＝＋－＠]/u;

/** Excel reads a file as UTF-8 only with a byte order mark. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A cell of an exported table. Numbers stay numbers; text can never be run as a formula. */
export type CsvCell = string | number | null;

/** A table as CSV (RFC 4180), one chunk a row. */
export async function* csvFile(
  header: readonly string[],
  rows: AsyncIterable<readonly CsvCell[]> | Iterable<readonly CsvCell[]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(BYTE_ORDER_MARK + line(header));
  for await (const row of rows) yield encoder.encode(line(row));
}

function line(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = cell.normalize('NFC');
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
