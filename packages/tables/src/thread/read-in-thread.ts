import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { CodedError } from '@minhchung/domain';
import type { TableFormat } from '../file-kind.ts';
import { READER_HEAP_MAX_MB, READER_STACK_MAX_MB, READER_TIME_MAX_MS, READERS_MAX } from '../limits.ts';
import type { TableFile, TableRow, TableSheet } from '../table.ts';
import type { ReadingMessage, ReadingTask } from './messages.ts';
import { turns } from './turns.ts';

const takeTurn = turns(READERS_MAX);

/**
 * V8 of Node 24 can abort the whole process (`Check failed: jit_page.has_value()`) when a thread that loads modules
 * tiers up a wrapper of the module lexer's WebAssembly while another one is freed (nodejs/node#64500); seen in one of
 * thirty readings of a long list. Threads begun after this never tier up.
 */
setFlagsFromString('--wasm-wrapper-tiering-budget=2000000000');

/** Reads a file in a thread of its own. Throws what the reader throws, `TABLE_TOO_SLOW`, or the signal's reason. */
export async function readInThread(
  format: TableFormat,
  bytes: Uint8Array,
  signal?: AbortSignal,
): Promise<TableFile> {
  const giveTurnBack = await takeTurn(signal);
  try {
    return await run({ format, bytes }, signal);
  } finally {
    giveTurnBack();
  }
}

async function run(task: ReadingTask, signal: AbortSignal | undefined): Promise<TableFile> {
  const worker = new Worker(new URL('./reader.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: READER_HEAP_MAX_MB, stackSizeMb: READER_STACK_MAX_MB },
  });
  const { promise, resolve, reject } = Promise.withResolvers<TableFile>();
  const sheets: (Omit<TableSheet, 'rows'> & { rows: TableRow[] })[] = [];
  const timer = setTimeout(() => {
    reject(new CodedError('TABLE_TOO_SLOW', { max: READER_TIME_MAX_MS / 1_000 }));
  }, READER_TIME_MAX_MS);
  const onAbort = () => reject(signal!.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  worker.on('message', (message: ReadingMessage) => {
    if (message.kind === 'sheet') sheets.push({ ...message.sheet, rows: [] });
    else if (message.kind === 'rows') for (const row of message.rows) sheets.at(-1)!.rows.push(row);
    else if (message.kind === 'end') resolve({ ...message.file, sheets });
    else reject(new CodedError(message.code, message.details));
  });
  // Out of memory ends the thread with an error, and only the thread.
  worker.on('error', (cause) => reject(new CodedError('TABLE_UNREADABLE', {}, { cause })));
  worker.on('exit', () => reject(new CodedError('TABLE_UNREADABLE')));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}
