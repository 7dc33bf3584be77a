import { CodedError } from '@minhchung/domain';
import { readCsv } from './csv/read-csv.ts';
import { fileKind } from './file-kind.ts';
import { FILE_SIZE_MAX_BYTES, INLINE_SIZE_MAX_BYTES } from './limits.ts';
import type { TableFile } from './table.ts';
import { readInThread } from './thread/read-in-thread.ts';

/**
 * Reads a file of tables by its content: XLSX, or CSV in UTF-8 or UTF-16. Workbooks and large files are read in a
 * thread of their own with limits on memory and time, so that a hostile one costs the service nothing else.
 *
 * Throws `TABLE_LEGACY_XLS`, `TABLE_ENCRYPTED`, `TABLE_MACROS`, `TABLE_TYPE_UNSUPPORTED`, `TABLE_ENCODING`,
 * `TABLE_UNREADABLE`, `TABLE_SUSPICIOUS`, `TABLE_TOO_LARGE`, `TABLE_TOO_SLOW`.
 */
export async function readTableFile(
  bytes: Uint8Array,
  options: { readonly signal?: AbortSignal } = {},
): Promise<TableFile> {
  options.signal?.throwIfAborted();
  if (bytes.byteLength > FILE_SIZE_MAX_BYTES) {
    const mega = (size_bytes: number) => Math.ceil(size_bytes / 1_000_000);
    const details = { what: 'MB', count: mega(bytes.byteLength), max: mega(FILE_SIZE_MAX_BYTES) };
    throw new CodedError('TABLE_TOO_LARGE', details);
  }
  const kind = fileKind(bytes);
  if (kind === 'csv' && bytes.byteLength <= INLINE_SIZE_MAX_BYTES) return readCsv(bytes);
  return readInThread(kind, bytes, options.signal);
}
