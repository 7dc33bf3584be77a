import { CodedError } from '@minhchung/domain';
import { type RawBuilder, sql } from 'kysely';
import { PAGE_ROWS_MAX } from '../limits.ts';
import type { Page, PageRequest } from '../paging.ts';

type KeyValue = string | number;

/** How one list goes on: the columns that order it (together unique) and the direction. */
export interface Keyset {
  /** Rows behind the cursor; always true on the first page. */
  readonly where: RawBuilder<boolean>;
  readonly orderBy: RawBuilder<unknown>;
  /** One more than asked for, to learn whether the list goes on. */
  readonly limit: number;
}

/** Columns are named by the code, `table.column`; never by callers. Throws `PAGE_INVALID`. */
export function keyset(page: PageRequest, columns: readonly string[], direction: 'asc' | 'desc'): Keyset {
  if (!Number.isInteger(page.limit) || page.limit < 1 || page.limit > PAGE_ROWS_MAX) {
    throw new CodedError('PAGE_INVALID', { reason: `limit ${page.limit}` });
  }
  const names = columns.map((column) => sql.ref(column));
  const way = sql.raw(direction);
  return {
    where: page.after === null ? sql<boolean>`1 = 1` : beyond(names, direction, page.after),
    orderBy: sql.join(names.map((name) => sql`${name} ${way}`)),
    limit: page.limit + 1,
  };
}

/** Cuts the extra row off; `keyOf` gives the values of the keyset's columns. */
export function toPage<R, T>(
  rows: readonly R[],
  page: PageRequest,
  keyOf: (row: R) => readonly KeyValue[],
  toRow: (row: R) => T,
): Page<T> {
  const kept = rows.slice(0, page.limit);
  const last = kept.at(-1);
  return {
    rows: kept.map(toRow),
    next: last === undefined || rows.length <= page.limit ? null : encode(keyOf(last)),
  };
}

/** For rows that are what the caller gets. */
export function asIs<T>(row: T): T {
  return row;
}

function beyond(
  names: RawBuilder<unknown>[],
  direction: 'asc' | 'desc',
  cursor: string,
): RawBuilder<boolean> {
  const values = decode(cursor, names.length);
  const sign = sql.raw(direction === 'asc' ? '>' : '<');
  return sql<boolean>`(${sql.join(names)}) ${sign} (${sql.join(values)})`;
}

function encode(values: readonly KeyValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

function decode(cursor: string, length: number): KeyValue[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(values) && values.length === length && values.every(isKeyValue)) return values;
  } catch {
    // Falls through: whatever is wrong with it, it is not one of our cursors.
  }
  throw new CodedError('PAGE_INVALID', { reason: 'after' });
}

function isKeyValue(value: unknown): value is KeyValue {
  return typeof value === 'string' || Number.isSafeInteger(value);
}
