import { CodedError } from '@minhchung/domain';
import Sqlite, { type Database, type Statement } from 'better-sqlite3';
import type { QueryResult } from 'kysely';
import { SQLITE_BUSY_TIMEOUT_MS, SQLITE_STATEMENTS_MAX } from '../limits.ts';

/** One handle on the file, with its statements kept prepared. */
export class SqliteHandle {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  constructor(path: string) {
    this.#database = new Sqlite(path, { timeout: SQLITE_BUSY_TIMEOUT_MS });
    // Readers never wait for the writer, nor the writer for them.
    this.#database.pragma('journal_mode = WAL');
    // What was committed outlives a power cut.
    this.#database.pragma('synchronous = FULL');
    this.#database.pragma('foreign_keys = ON');
    // What was deleted (the credentials of a device) is gone from the file too.
    this.#database.pragma('secure_delete = ON');
    // From here on waiting is done by `untilFree`, off the event loop.
    this.#database.pragma('busy_timeout = 0');
  }

  get isInTransaction(): boolean {
    return this.#database.inTransaction;
  }

  /** True when the statement cannot change the database. */
  isReadOnly(sql: string): boolean {
    return this.#prepare(sql).readonly;
  }

  /** Throws `STORE_FULL` when there is no space left; SQLite has then undone the statement. */
  run<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    try {
      return this.#execute(sql, parameters);
    } catch (error) {
      if (!isFull(error)) throw error;
      throw new CodedError('STORE_FULL', { path: this.#database.name }, { cause: error });
    }
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #execute<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    const statement = this.#prepare(sql);
    if (statement.reader) {
      const rows = statement.all(...parameters) as R[];
      return { rows, numAffectedRows: BigInt(rows.length) };
    }
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  #prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    // Lists of ids of any length make statements without end.
    if (this.#statements.size >= SQLITE_STATEMENTS_MAX) this.#statements.clear();
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_FULL';
}
