import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CellValue as HucreValue, writeXlsxStream } from 'hucre';
import { guarded } from '../harmless.ts';
import { ROWS_PER_PIECE } from '../limits.ts';
import type { CellValue } from '../table.ts';

/** XML 1.0 has no way to write these (control characters, half letters); a workbook with one does not open. */
const UNWRITABLE = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;

/**
 * Writes rows as one sheet of a workbook, piece by piece: memory does not grow with the rows. Text stays text,
 * and is guarded by an apostrophe where a spreadsheet would run it once the cell is edited or saved as CSV. The
 * first row stays in sight.
 */
export async function* writeXlsx(
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
  options: { readonly sheet_name: string },
): AsyncGenerator<Uint8Array> {
  const stream = writeXlsxStream(prepared(rows), { name: options.sheet_name, freezePane: { rows: 1 } });
  for await (const piece of stream) yield piece;
}

async function* prepared(
  rows: AsyncIterable<readonly CellValue[]> | Iterable<readonly CellValue[]>,
): AsyncGenerator<HucreValue[]> {
  let count = 0;
  for await (const cells of rows) {
    yield cells.map((value) => (typeof value === 'string' ? guarded(value.replace(UNWRITABLE, '')) : value));
    count += 1;
    if (count % ROWS_PER_PIECE === 0) await nextTurn();
  }
}
