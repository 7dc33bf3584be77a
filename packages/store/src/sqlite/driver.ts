import { closeSync, openSync } from 'node:fs';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { refuseInsideTransaction } from '../query/atomically.ts';
import { untilFree } from './busy.ts';
import { SqliteHandle } from './database.ts';
import { WriteLock } from './write-lock.ts';

/**
 * SQLite for a program that awaits inside its transactions. Two handles on one file: one for transactions, one at
 * a time and opened with BEGIN IMMEDIATE; one for single statements. So a reader never waits for a transaction
 * that is being awaited, and never sees half of it. Writers queue: within the process at a lock, between
 * processes at the file, without ever blocking the event loop.
 */
export class SqliteDriver implements Driver {
  readonly #path: string;
  readonly #lock = new WriteLock();
  #single: SqliteHandle | undefined;
  #transactional: SqliteHandle | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async init(): Promise<void> {
    // For its owner only: it names people. SQLite gives the files beside it the same mode.
    closeSync(openSync(this.#path, 'a', 0o600));
    this.#single = new SqliteHandle(this.#path);
    this.#transactional = new SqliteHandle(this.#path);
  }

  async acquireConnection(): Promise<SqliteConnection> {
    return new SqliteConnection(this.#path, this.#single!, this.#transactional!, this.#lock);
  }

  async beginTransaction(connection: SqliteConnection): Promise<void> {
    await connection.begin();
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    await connection.commit();
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    connection.rollBack();
  }

  async releaseConnection(connection: SqliteConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    // Waits for the transaction that is under way.
    const release = await this.#lock.acquire();
    this.#single?.close();
    this.#transactional?.close();
    release();
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #path: string;
  readonly #single: SqliteHandle;
  readonly #transactional: SqliteHandle;
  readonly #lock: WriteLock;
  #endTurn: (() => void) | null = null;

  constructor(path: string, single: SqliteHandle, transactional: SqliteHandle, lock: WriteLock) {
    this.#path = path;
    this.#single = single;
    this.#transactional = transactional;
    this.#lock = lock;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#endTurn !== null) return this.#transactional.run(sql, parameters);
    if (this.#single.isReadOnly(sql))
      return await untilFree(this.#path, () => this.#single.run<R>(sql, parameters));
    refuseInsideTransaction();
    const endTurn = await this.#lock.acquire();
    try {
      return await untilFree(this.#path, () => this.#single.run<R>(sql, parameters));
    } finally {
      endTurn();
    }
  }

  // biome-ignore lint/correctness/useYield: no repository streams; lists are paged
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('not supported: page the list instead');
  }

  async begin(): Promise<void> {
    this.#endTurn = await this.#lock.acquire();
    await untilFree(this.#path, () => this.#transactional.run('begin immediate', []));
  }

  async commit(): Promise<void> {
    await untilFree(this.#path, () => this.#transactional.run('commit', []));
  }

  /** SQLite itself has rolled back after some errors (a full disk). */
  rollBack(): void {
    if (this.#transactional.isInTransaction) this.#transactional.run('rollback', []);
  }

  release(): void {
    this.#endTurn?.();
    this.#endTurn = null;
  }
}
