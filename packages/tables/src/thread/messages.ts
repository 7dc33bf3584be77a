import type { ErrorCode, ErrorDetails } from '@minhchung/domain';
import type { TableFormat } from '../file-kind.ts';
import type { TableFile, TableRow, TableSheet } from '../table.ts';

/** What the thread is started with. */
export interface ReadingTask {
  readonly format: TableFormat;
  readonly bytes: Uint8Array;
}

/** What it sends, in this order: sheets each followed by their rows in parts, then the end; or a failure. */
export type ReadingMessage =
  | { readonly kind: 'sheet'; readonly sheet: Omit<TableSheet, 'rows'> }
  | { readonly kind: 'rows'; readonly rows: readonly TableRow[] }
  | { readonly kind: 'end'; readonly file: Omit<TableFile, 'sheets'> }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly details: ErrorDetails };
