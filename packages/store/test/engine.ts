import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store, type StoreOptions } from '../src/index.ts';
import { startPostgres } from './postgres.ts';

/** An engine under test: gives every test a database of its own, with the schema in place. */
export interface TestEngine {
  readonly name: StoreOptions['engine'];
  /** A migrated database nobody else uses. */
  fresh(): Promise<TestDatabase>;
  /** Where an empty database is. */
  empty(): Promise<StoreOptions>;
  stop(): Promise<void>;
}

export interface TestDatabase {
  readonly options: StoreOptions;
  readonly store: Store;
}

export async function sqliteEngine(): Promise<TestEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'mc-store-'));
  let files = 0;
  const empty = async () => {
    files += 1;
    return { engine: 'sqlite', path: join(folder, `${files}.db`) } as const;
  };
  const template = join(folder, 'template.db');
  const migrated = await openStore({ engine: 'sqlite', path: template });
  await migrated.migrate();
  await migrated.close();
  return {
    name: 'sqlite',
    empty,
    async fresh() {
      const options = await empty();
      await copyFile(template, options.path);
      return { options, store: await openStore(options) };
    },
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function postgresEngine(): Promise<TestEngine> {
  const server = await startPostgres();
  const connection_string = await server.createDatabase();
  const template = await openStore({ engine: 'postgres', connection_string });
  await template.migrate();
  await template.close();
  const TEMPLATE = 'test_1';
  return {
    name: 'postgres',
    empty: async () => ({ engine: 'postgres', connection_string: await server.createDatabase() }),
    async fresh() {
      const options = {
        engine: 'postgres',
        connection_string: await server.createDatabase(TEMPLATE),
      } as const;
      return { options, store: await openStore(options) };
    },
    stop: () => server.stop(),
  };
}
