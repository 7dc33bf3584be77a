import { CodedError } from '@minhchung/domain';
import { type Dialect, Kysely } from 'kysely';
import { migrateToLatest } from './migrations/migrate.ts';
import { serverDialect } from './postgres/dialect.ts';
import { transaction } from './query/atomically.ts';
import { bindRepositories } from './repositories.ts';
import type { Tables } from './schema/tables.ts';
import { FileDialect } from './sqlite/dialect.ts';
import type { Store, StoreOptions } from './store.ts';
import { databaseWork } from './work/work.ts';

/**
 * Opens the database. Its schema may be older than the program: call `migrate` first. Throws
 * `STORE_OPEN_FAILED` when it cannot be reached.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const db = new Kysely<Tables>({ dialect: dialectOf(options) });
  await connect(db, options);
  return {
    ...bindRepositories(db),
    engine: options.engine,
    transaction: (run) => transaction(db, (tx) => run(bindRepositories(tx))),
    work: (work_options) => databaseWork(db, options.engine, work_options),
    migrate: () => migrateToLatest(db, options.engine),
    close: () => db.destroy(),
  };
}

function dialectOf(options: StoreOptions): Dialect {
  return options.engine === 'sqlite'
    ? new FileDialect(options.path)
    : serverDialect(options.connection_string, options.connections_max);
}

/** A path or address that leads nowhere is told at once, not at the first question. */
async function connect(db: Kysely<Tables>, options: StoreOptions): Promise<void> {
  try {
    await db.selectNoFrom((eb) => eb.lit(1).as('one')).execute();
  } catch (error) {
    await db.destroy().catch(() => {});
    // A connection string carries a password and stays out of the error.
    const path = options.engine === 'sqlite' ? options.path : 'PostgreSQL';
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'not reachable';
    throw new CodedError('STORE_OPEN_FAILED', { path, reason }, { cause: error });
  }
}
