import { sql } from 'kysely';
import type { Db } from './insert.ts';

/** Within a transaction: what `run` wrote is undone when it throws, and the transaction goes on. */
export async function attempt<T>(tx: Db, run: () => Promise<T>): Promise<T> {
  if (!tx.isTransaction) throw new Error('an attempt is made within a transaction');
  await sql`savepoint attempt`.execute(tx);
  try {
    const result = await run();
    await sql`release savepoint attempt`.execute(tx);
    return result;
  } catch (error) {
    await sql`rollback to savepoint attempt`.execute(tx);
    await sql`release savepoint attempt`.execute(tx);
    throw error;
  }
}
