import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely } from 'kysely';
import { TRANSACTION_TRIES_MAX } from '../limits.ts';
import type { Tables } from '../schema/tables.ts';
import type { Db } from './insert.ts';

/** Marks everything called from within a transaction, for as long as it is open. */
const surrounding = new AsyncLocalStorage<{ open: boolean }>();

/** SQLSTATE of PostgreSQL: serialization_failure, deadlock_detected. Nothing of the transaction remains. */
const ENDED_BY_DATABASE = new Set(['40001', '40P01']);

/**
 * A write past an open transaction would wait for that transaction's lock for ever (SQLite) or survive its
 * roll-back (PostgreSQL): a mistake of the program, named here rather than met as a hang.
 */
export function refuseInsideTransaction(): void {
  if (surrounding.getStore()?.open === true) {
    throw new Error('a write went past the open transaction: use the repositories handed to its callback');
  }
}

/** Runs in the transaction `db` is bound to, or in a new one. */
export async function atomically<T>(db: Db, run: (tx: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return await run(db);
  return await transaction(db, run);
}

/** A new transaction; run again when PostgreSQL ended it to break a deadlock. */
export async function transaction<T>(db: Kysely<Tables>, run: (tx: Db) => Promise<T>): Promise<T> {
  refuseInsideTransaction();
  for (let attempt = 1; ; attempt += 1) {
    const mark = { open: true };
    try {
      // A statement sees what was committed before it began; locks are taken where that is not enough.
      const begun = db.transaction().setIsolationLevel('read committed');
      return await begun.execute((tx) => surrounding.run(mark, () => run(tx)));
    } catch (error) {
      if (!endedByDatabase(error) || attempt === TRANSACTION_TRIES_MAX) throw error;
    } finally {
      mark.open = false;
    }
  }
}

function endedByDatabase(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ENDED_BY_DATABASE.has(String(error.code));
}
