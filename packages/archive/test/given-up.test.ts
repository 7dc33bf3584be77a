import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createLocalArchive } from '@minhchung/archive';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Blocks } from '../src/hashing/blocks.ts';
import { LOCAL_BLOCK_BYTES, LOCAL_BLOCKS_MAX } from '../src/limits.ts';
import { codeOf, keysOf, put } from './objects.ts';

const ENDING_CHILD = fileURLToPath(new URL('ending-child.ts', import.meta.url));
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'minhchung-archive-'));
});
afterEach(() => rmSync(home, { recursive: true }));

/** Files of the archive that this process holds open. */
function openFiles(): string[] {
  const held = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return held.filter((path) => path.startsWith(home));
}

describe('a writer of a large object', () => {
  it.each([0, 1, 5])('may be given up %i ms into a write: nothing stays open, used or behind', async (ms) => {
    const store = await createLocalArchive({ root: home });
    const writer = await store.create('item/1/a.bin');
    const writing = codeOf(writer.write(randomBytes(9 * LOCAL_BLOCK_BYTES)));
    await new Promise((resolve) => setTimeout(resolve, ms));
    await writer.abort();
    expect(['ARCHIVE_BROKEN', 'no error']).toContain(await writing);
    expect(await keysOf(store, '')).toEqual([]);
    expect(readdirSync(join(home, '.incoming'))).toEqual([]);
    expect(openFiles()).toEqual([]);
    const blocks = Array.from({ length: LOCAL_BLOCKS_MAX }, () => Blocks.take());
    expect(new Set(blocks.map(({ byteOffset }) => byteOffset)).size).toBe(LOCAL_BLOCKS_MAX);
    Blocks.give(...blocks);
    await store.close();
  });

  it('leaves an object that nobody can write, whatever its length', async () => {
    const store = await createLocalArchive({ root: home });
    for (const length of [0, 10, 2 * LOCAL_BLOCK_BYTES + 1]) {
      await put(store, `item/1/${length}.bin`, Buffer.alloc(length));
      expect(statSync(join(home, 'item', '1', `${length}.bin`)).mode & 0o777).toBe(0o440);
    }
    await store.close();
  });
});

describe('a process that archived something large', () => {
  it.each(['written', 'cancelled', 'given up', 'missing'])('comes to its end: %s', (way) => {
    const ended = spawnSync(process.execPath, [ENDING_CHILD, home, way], {
      timeout: 20_000,
      encoding: 'utf8',
    });
    expect([ended.signal, ended.stderr]).toEqual([null, '']);
    expect(JSON.parse(ended.stdout)).toEqual(OUTCOMES[way]);
  });

  it('needs not be root', () => {
    const command = process.getuid?.() === 0 ? NOBODY : ['env'];
    chmodSync(home, 0o777);
    const [program, ...rest] = command;
    const output = execFileSync(program!, [...rest, process.execPath, ENDING_CHILD, home, 'written'], {
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual(OUTCOMES.written);
  });
});

const OUTCOMES: Readonly<Record<string, unknown>> = {
  written: { code: 'no error', is_same: true },
  cancelled: { code: 'CANCELLED', is_same: true },
  'given up': { code: 'no error', is_same: false },
  missing: { code: 'ARCHIVE_MISSING', is_same: true },
};
