import { guarded } from '../harmless.ts';
import { ROWS_PER_PIECE } from '../limits.ts';
import type { CellValue } from '../table.ts';

const SEPARATOR = ';';
const LINE_END = '\r\n';
/** Excel takes a CSV without it for the machine's old code page. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Writes rows as CSV the way Vietnamese Excel opens it by a double click: UTF-8 with mark, semicolons, decimal
 * commas. Text that a spreadsheet would run as a formula is guarded by an apostrophe.
 */
export async function* writeCsv(
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
): AsyncGenerator<Uint8Array> {
  let piece = BYTE_ORDER_MARK;
  let count = 0;
  for await (const cells of rows) {
    piece += `${cells.map(cellText).join(SEPARATOR)}${LINE_END}`;
    count += 1;
    if (count % ROWS_PER_PIECE === 0) {
      yield Buffer.from(piece);
      piece = '';
    }
  }
  if (piece !== '') yield Buffer.from(piece);
}

function cellText(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value).replace('.', ',');
  const text = guarded(value);
  return /[";,\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
