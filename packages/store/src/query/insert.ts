import { CodedError } from '@minhchung/domain';
import type { InsertObject, Kysely } from 'kysely';
import type { Tables } from '../schema/tables.ts';

/** The database or a transaction of it. */
export type Db = Kysely<Tables>;

/**
 * Inserts one row, or throws `ALREADY_EXISTS` when a unique column is taken. The conflict is asked for rather
 * than caught: an error would end a transaction of PostgreSQL, and the caller may want to go on.
 */
export async function insertNew<T extends keyof Tables & string>(
  db: Db,
  table: T,
  row: InsertObject<Tables, T>,
  what: { readonly kind: string; readonly name: string },
): Promise<void> {
  const result = await db
    .insertInto(table)
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (result.numInsertedOrUpdatedRows === 0n) throw new CodedError('ALREADY_EXISTS', { ...what });
}

/** True when the statement changed a row. */
export function changed(result: {
  readonly numUpdatedRows?: bigint;
  readonly numDeletedRows?: bigint;
}): boolean {
  return (result.numUpdatedRows ?? result.numDeletedRows ?? 0n) > 0n;
}
