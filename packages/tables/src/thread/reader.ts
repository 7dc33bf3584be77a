import { parentPort, workerData } from 'node:worker_threads';
import { isCoded } from '@minhchung/domain';
import { readCsv } from '../csv/read-csv.ts';
import { ROWS_PER_MESSAGE } from '../limits.ts';
import { readWorkbook } from '../xlsx/read-workbook.ts';
import type { ReadingMessage, ReadingTask } from './messages.ts';

/** The thread that reads one file, and ends. */
const { format, bytes } = workerData as ReadingTask;

function send(message: ReadingMessage): void {
  parentPort!.postMessage(message);
}

try {
  const { sheets, ...file } = format === 'csv' ? readCsv(bytes) : await readWorkbook(bytes);
  for (const { rows, ...sheet } of sheets) {
    send({ kind: 'sheet', sheet });
    for (let from = 0; from < rows.length; from += ROWS_PER_MESSAGE) {
      send({ kind: 'rows', rows: rows.slice(from, from + ROWS_PER_MESSAGE) });
    }
  }
  send({ kind: 'end', file });
} catch (error) {
  // A deep stack or a library's surprise: the file is at fault, and its content stays out of the message.
  if (isCoded(error)) send({ kind: 'failed', code: error.code, details: error.details });
  else send({ kind: 'failed', code: 'TABLE_UNREADABLE', details: {} });
}
