/** What holds for SQLite only: its file, its index use, its two handles. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../src/index.ts';
import { bindRepositories } from '../src/repositories.ts';
import type { Tables } from '../src/schema/tables.ts';
import { SqliteHandle } from '../src/sqlite/database.ts';
import { FileDialect } from '../src/sqlite/dialect.ts';
import { databaseWork } from '../src/work/work.ts';
import { askEverything } from './ask-everything.ts';
import { box, clockAt, NOW, populate, queueItems } from './contract/world.ts';

let folder: string;
let path: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mc-file-'));
  path = join(folder, 'store.db');
  store = await openStore({ engine: 'sqlite', path });
  await store.migrate();
  await populate(store);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const holds = (text: string) =>
  readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(text));

describe('the file of the database', () => {
  it('never holds a device password or account name in plain text', async () => {
    await store.credentials.set(
      'recorder-1',
      { username: 'camera-admin', password: 'hunter2-hunter2' },
      box,
      NOW,
    );
    expect(holds('recorder-1')).toBe(true);
    expect(holds('hunter2')).toBe(false);
    expect(holds('camera-admin')).toBe(false);
  });

  it('no longer holds sealed credentials after they were destroyed', async () => {
    await store.credentials.set('recorder-1', { username: 'a', password: 'b' }, box, NOW);
    const sealed = new Sqlite(path, { readonly: true });
    const { text } = sealed.prepare('select sealed as text from recorder_credentials').get() as {
      text: string;
    };
    sealed.close();
    await store.credentials.destroy('recorder-1');
    await store.close();
    expect(holds(text)).toBe(false);
    store = await openStore({ engine: 'sqlite', path });
  });

  it('is for its owner only', () => {
    const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(modes.length).toBeGreaterThan(1);
    expect(new Set(modes)).toEqual(new Set([0o600]));
  });

  it('says so when the disk is full', () => {
    const handle = new SqliteHandle(join(folder, 'small.db'));
    handle.run('create table t (x)', []);
    handle.run('pragma max_page_count = 3', []);
    const fill = () => handle.run('insert into t values (zeroblob(100000))', []);
    expect(fill).toThrow(expect.objectContaining({ code: 'STORE_FULL' }));
    handle.close();
  });

  it('is waited for, without blocking the program, while another process writes', async () => {
    const other = new Sqlite(path);
    other.exec('begin immediate');
    let is_done = false;
    const writing = store.networks.create({ id: 'network-9', code: 'N9', name: 'x' }).then(() => {
      is_done = true;
    });
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
    expect(is_done).toBe(false);
    other.exec('commit');
    other.close();
    await writing;
    expect(await store.networks.byCode('N9')).not.toBeNull();
  });

  it('is refused with a sentence when its folder does not exist', async () => {
    const opening = openStore({ engine: 'sqlite', path: join(folder, 'nowhere', 'store.db') });
    await expect(opening).rejects.toMatchObject({ code: 'STORE_OPEN_FAILED' });
  });
});

describe('every question', () => {
  it('is answered through an index', async () => {
    await queueItems(store, 2);
    const asked = new Map<string, readonly unknown[]>();
    const db = new Kysely<Tables>({
      dialect: new FileDialect(path),
      log: ({ query }) => {
        asked.set(query.sql, query.parameters);
      },
    });
    await askEverything(bindRepositories(db));
    await databaseWork(db, 'sqlite', { time: clockAt(NOW), secrets: box }).claim({
      ...{ worker_id: 'w', networks: ['LAN'], lease_ms: 1000 },
    });
    await db.destroy();
    expect(asked.size).toBeGreaterThan(60);
    const database = new Sqlite(path);
    const scans = [...asked].flatMap(([sql, parameters]) => {
      if (!/^\s*(select|update|delete)/.test(sql)) return [];
      const plan = database.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[];
      return plan.filter(({ detail }) => isScan(detail, sql)).map(({ detail }) => `${detail}: ${sql}`);
    });
    database.close();
    expect(scans).toEqual([]);
  });
});

/** A page of a whole list may be read in the order of an index; nothing else may go through a whole table. */
function isScan(detail: string, sql: string): boolean {
  if (!detail.startsWith('SCAN ')) return false;
  // What an index found is gone through once more where it is ranked.
  if (/^SCAN (\(subquery-\d+\)|ranked)$/.test(detail)) return false;
  const asks_for_something = sql.replace(/limit \?\s*$/, '').includes('?');
  return asks_for_something || !detail.includes('USING INDEX');
}
