import { PostgresAdapter, sql } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import type { Db } from './insert.ts';

/**
 * Makes transactions that are about the same row take turns until their end. On SQLite they do so anyway. The
 * row is not written: that would check every foreign key that points to it, and leave a dead version behind.
 */
export async function lockRow(tx: Db, table: keyof Tables, id: string): Promise<void> {
  if (!(tx.getExecutor().adapter instanceof PostgresAdapter)) return;
  await sql`select id from ${sql.table(table)} where id = ${id} for no key update`.execute(tx);
}

/** Lets one transaction at a time change the table, until its end; readers are not held up. */
export async function lockTable(tx: Db, table: keyof Tables): Promise<void> {
  if (!tx.isTransaction) throw new Error(`${table} are locked within a transaction`);
  if (!(tx.getExecutor().adapter instanceof PostgresAdapter)) return;
  await sql`lock table ${sql.table(table)} in share row exclusive mode`.execute(tx);
}
