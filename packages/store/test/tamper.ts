import Sqlite from 'better-sqlite3';
import pg from 'pg';
import type { StoreOptions } from '../src/index.ts';

/** Changes the database behind the store's back, as somebody with access to it could. */
export async function tamper(options: StoreOptions, sql: string): Promise<void> {
  if (options.engine === 'sqlite') {
    const database = new Sqlite(options.path);
    database.exec(sql);
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: options.connection_string });
  await client.connect();
  await client.query(sql);
  await client.end();
}
