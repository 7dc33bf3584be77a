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
    where: page.after === null ? sql<boolean>`1 = 1` : beyond(columns, direction, page.after),
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

function beyond(columns: readonly string[], direction: 'asc' | 'desc', cursor: string): RawBuilder<boolean> {
  const names = columns.map((column) => sql.ref(column));
  const values = decode(cursor, columns);
  const sign = sql.raw(direction === 'asc' ? '>' : '<');
  return sql<boolean>`(${sql.join(names)}) ${sign} (${sql.join(values)})`;
}

function encode(values: readonly KeyValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Cursors come from outside: a text where PostgreSQL compares with a number would be an error of the database. */
function decode(cursor: string, columns: readonly string[]): KeyValue[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const is_ours = (value: unknown, n: number) => isKeyOf(columns[n]!, value);
    if (Array.isArray(values) && values.length === columns.length && values.every(is_ours)) return values;
  } catch {
    // Falls through: whatever is wrong with it, it is not one of our cursors.
  }
  throw new CodedError('PAGE_INVALID', { reason: 'after' });
}

/** Of the columns that order lists, times and sequences are integers; the rest is text. */
function isKeyOf(column: string, value: unknown): value is KeyValue {
  if (/(_ms|\.sequence)$/.test(column)) return Number.isSafeInteger(value);
  return typeof value === 'string' && !value.includes('\0');
}
