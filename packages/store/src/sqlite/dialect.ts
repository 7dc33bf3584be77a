import {
  type Dialect,
  type Driver,
  type Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { SqliteDriver } from './driver.ts';

/** SQLite as `SqliteDriver` makes it, rather than as one connection that everybody waits for. */
class FileAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  /** SQLite changes its schema inside transactions like any other data. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Kysely over `SqliteDriver`. */
export class FileDialect implements Dialect {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  createDriver(): Driver {
    return new SqliteDriver(this.#path);
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): SqliteAdapter {
    return new FileAdapter();
  }

  // biome-ignore lint/suspicious/noExplicitAny: as the interface of the dialect has it
  createIntrospector(db: Kysely<any>): SqliteIntrospector {
    return new SqliteIntrospector(db);
  }
}
