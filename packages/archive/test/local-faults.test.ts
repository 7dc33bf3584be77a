import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLocalArchive } from '@minhchung/archive';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MANIFEST, MASTER } from './crash-objects.ts';
import { codeOf, keysOf, put, readAll } from './objects.ts';

const CRASH_CHILD = fileURLToPath(new URL('crash-child.ts', import.meta.url));
const FULL_DISK_CHILD = fileURLToPath(new URL('full-disk-child.ts', import.meta.url));
/** More operations than writing two objects can need. */
const OPERATIONS_MAX = 200;
/** Children running at the same time. */
const AT_ONCE = 4;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'minhchung-archive-'));
});
afterEach(() => rmSync(home, { recursive: true }));

/** Lets a child write, killed before its n-th file operation; tells whether it came to its end. */
async function writeUntil(
  root: string,
  nth: number,
): Promise<{ is_finished: boolean; operations: string[] }> {
  const { code, signal, stdout, stderr } = await run(process.execPath, [CRASH_CHILD, root, String(nth)]);
  expect(stderr).toBe('');
  expect(code === 0 || signal === 'SIGKILL').toBe(true);
  return { is_finished: code === 0, operations: stdout.trim().split('\n') };
}

function run(program: string, given: string[]) {
  return new Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>(
    (resolve) => {
      const child = execFile(program, given, (_, stdout, stderr) => {
        resolve({ code: child.exitCode, signal: child.signalCode, stdout, stderr });
      });
    },
  );
}

/** Kills a writer before its n-th operation and checks what a new process finds; true when it was archived. */
async function checkAfterKill(root: string, nth: number): Promise<boolean> {
  await writeUntil(root, nth);
  const store = await createLocalArchive({ root });
  const keys = await keysOf(store, '');
  for (const { key, chunks } of [MASTER, MANIFEST]) {
    if (keys.includes(key)) expect((await readAll(store, key)).equals(Buffer.concat(chunks))).toBe(true);
  }
  const is_archived = keys.includes(MANIFEST.key);
  if (is_archived) expect(keys).toContain(MASTER.key);
  expect(await codeOf(store.discardAttempt('item-1/1'))).toBe(is_archived ? 'ARCHIVE_COMMITTED' : 'no error');
  if (!is_archived) {
    expect(await keysOf(store, '')).toEqual([]);
    expect(readdirSync(join(root, '.incoming'))).toEqual([]);
  }
  return is_archived;
}

describe('a writer killed without warning', () => {
  it('leaves whole objects or nothing, wherever it is killed, and its leavings can be discarded', async () => {
    const { is_finished, operations } = await writeUntil(join(home, 'whole'), OPERATIONS_MAX);
    expect(is_finished).toBe(true);
    const points = operations.map((_, index) => index + 1);
    const archived: boolean[] = [];
    for (let start = 0; start < points.length; start += AT_ONCE) {
      const batch = points.slice(start, start + AT_ONCE);
      archived.push(...(await Promise.all(batch.map((nth) => checkAfterKill(join(home, String(nth)), nth)))));
    }
    // Once the manifest is there it stays: the points before lose the attempt, those after keep it.
    expect(archived.indexOf(true)).toBeGreaterThan(20);
    expect(archived.slice(archived.indexOf(true)).every((is_archived) => is_archived)).toBe(true);
  });

  it('syncs the bytes before they get their name, and the folder after', async () => {
    const { operations } = await writeUntil(join(home, 'all'), OPERATIONS_MAX);
    const links = operations.flatMap((name, index) => (name === 'link' ? [index] : []));
    expect(links).toHaveLength(2);
    for (const index of links) {
      const before = operations.slice(0, index);
      expect(before.lastIndexOf('sync')).toBeGreaterThan(before.lastIndexOf('write'));
      expect(before.lastIndexOf('sync')).toBeGreaterThan(before.lastIndexOf('truncate'));
      expect(operations.indexOf('sync', index)).toBeLessThan(operations.indexOf('unlink', index));
    }
  });
});

/** Ways to a place that runs full, as far as this machine lets an ordinary user have them. */
const FULL_PLACES: [string, (root: string) => string[]][] = [
  [
    'a limit on the size of files',
    (root) => ['sh', '-c', 'ulimit -f 2048; exec "$@"', 'sh', ...childOn(root)],
  ],
];
const MOUNT = 'mount -t tmpfs -o size=4m none "$1" && shift && exec "$@"';
const UNSHARE = ['unshare', '--mount', '--map-root-user', 'sh', '-c', MOUNT, 'sh'];
if (spawnSync(UNSHARE[0]!, [...UNSHARE.slice(1), tmpdir(), 'true']).status === 0) {
  FULL_PLACES.push(['a small disk', (root) => [...UNSHARE, root, ...childOn(root)]]);
}

function childOn(root: string): string[] {
  return [process.execPath, FULL_DISK_CHILD, root];
}

describe('an archive that runs full', () => {
  it.each(FULL_PLACES)('says so and keeps what it has: %s', (_, command) => {
    const [program, ...given] = command(home);
    expect(JSON.parse(execFileSync(program!, given, { encoding: 'utf8' }))).toEqual({
      code: 'ARCHIVE_FULL',
      commit_code: 'ARCHIVE_BROKEN',
      after: 'no error',
      keys: ['item/1/after.bin', 'item/1/small.bin'],
      incoming: [],
    });
  });
});

describe('a local folder', () => {
  it('is refused when it is a file', async () => {
    writeFileSync(join(home, 'file'), '');
    expect(await codeOf(createLocalArchive({ root: join(home, 'file') }))).toBe('ARCHIVE_UNFIT');
  });

  it('is opened again with what it held', async () => {
    const first = await createLocalArchive({ root: home });
    await put(first, 'item/1/a.bin', Buffer.from('a'));
    await first.close();
    expect(await keysOf(await createLocalArchive({ root: home }), '')).toEqual(['item/1/a.bin']);
  });

  it('passes over links and reads none', async () => {
    const store = await createLocalArchive({ root: join(home, 'root') });
    await put(store, 'item/1/a.bin', Buffer.from('a'));
    writeFileSync(join(home, 'secret'), 'secret');
    symlinkSync(join(home, 'secret'), join(home, 'root', 'item', '1', 'link.bin'));
    symlinkSync(home, join(home, 'root', 'outside'));
    expect(await keysOf(store, '')).toEqual(['item/1/a.bin']);
    expect(await store.stat('item/1/link.bin')).toBeNull();
    expect(await codeOf(readAll(store, 'item/1/link.bin'))).toBe('ARCHIVE_BROKEN');
  });

  it('keeps objects unwritable and closed to others', async () => {
    const store = await createLocalArchive({ root: home });
    await put(store, 'item/1/a.bin', Buffer.from('a'));
    const mode = execFileSync('stat', ['-c', '%a', store.localPath('item/1/a.bin')!], { encoding: 'utf8' });
    expect(mode.trim()).toBe('440');
  });

  it('gives up what is still being written when it is closed', async () => {
    const store = await createLocalArchive({ root: home });
    const writer = await store.create('item/1/a.bin');
    await writer.write(Buffer.from('a'));
    await store.close();
    expect(readdirSync(join(home, '.incoming'))).toEqual([]);
  });

  it('tells how much still fits, and claims no lock', async () => {
    const store = await createLocalArchive({ root: home });
    expect(store.capabilities).toMatchObject({ conditional_write: true, object_lock: false });
    expect(await store.capabilities.free_bytes()).toBeGreaterThan(0);
  });
});
