import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Blocks } from '../src/hashing/blocks.ts';
import { LOCAL_BLOCK_BYTES, LOCAL_BLOCKS_MAX } from '../src/limits.ts';
import { put, readAll, sha256 } from './objects.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'minhchung-archive-'));
});
afterEach(() => rmSync(home, { recursive: true }));

it('takes and hashes large objects also where the disk refuses blocks without a copy', async () => {
  // With all of them in use, further blocks lie in memory that begins anywhere.
  const used = Array.from({ length: LOCAL_BLOCKS_MAX }, () => Blocks.take());
  try {
    const store = await createLocalArchive({ root: home });
    const bytes = randomBytes(2 * LOCAL_BLOCK_BYTES + 12_345);
    const written = await put(store, 'item/1/a.bin', bytes);
    expect(written).toEqual({ size_bytes: bytes.length, sha256: sha256(bytes) });
    expect(await store.hash('item/1/a.bin')).toEqual(written);
    expect((await readAll(store, 'item/1/a.bin')).equals(bytes)).toBe(true);
    await store.close();
  } finally {
    Blocks.give(...used);
  }
});

it('uses the same blocks for one object after the other, and loses none to those it had to make besides', async () => {
  const store = await createLocalArchive({ root: home });
  const bytes = randomBytes(2 * LOCAL_BLOCK_BYTES);
  const keys = Array.from({ length: 2 * LOCAL_BLOCKS_MAX }, (_, n) => `item/1/${n}.bin`);
  const written = await Promise.all(keys.map((key) => put(store, key, bytes)));
  expect(await Promise.all(keys.map((key) => store.hash(key)))).toEqual(written);
  const blocks = Array.from({ length: LOCAL_BLOCKS_MAX }, () => Blocks.take());
  expect(new Set(blocks).size).toBe(LOCAL_BLOCKS_MAX);
  const places = blocks.map(({ byteOffset }) => byteOffset).sort((a, b) => a - b);
  expect(places).toEqual(Array.from({ length: LOCAL_BLOCKS_MAX }, (_, n) => n * LOCAL_BLOCK_BYTES));
  Blocks.give(...blocks);
  await store.close();
});
