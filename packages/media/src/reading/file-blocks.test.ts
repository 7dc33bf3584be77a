import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MEDIA_LIMITS } from '../limits.ts';
import { FileBlocks } from './file-blocks.ts';

const SIZE_BYTES = 9_000_001;
const bytes = randomBytes(SIZE_BYTES);
const folder = mkdtempSync(join(tmpdir(), 'media-blocks-'));
const path = join(folder, 'file');
let handle: FileHandle;

beforeAll(async () => {
  writeFileSync(path, bytes);
  handle = await open(path);
});
afterAll(async () => {
  await handle.close();
  rmSync(folder, { recursive: true });
});

async function taken(blocks: FileBlocks, start: number, end: number): Promise<Buffer> {
  const block = blocks.here(start, end) ?? (await blocks.take(start, end));
  expect(block.start).toBeLessThanOrEqual(start);
  return Buffer.from(block.bytes.subarray(start - block.start, end - block.start));
}

/** Blocks of the file, and how long each read was. */
function countedBlocks() {
  const lengths: number[] = [];
  const counting = {
    read: (into: Buffer, offset: number, length: number, position: number) => {
      lengths.push(length);
      return handle.read(into, offset, length, position);
    },
  };
  return { lengths, blocks: new FileBlocks(counting as FileHandle, SIZE_BYTES) };
}

describe('blocks of a file', () => {
  it('are what lies in it, wherever and in whatever order they are asked for', async () => {
    const place = fc.tuple(fc.nat(SIZE_BYTES - 1), fc.oneof(fc.nat(200), fc.nat(3_000_000)));
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 12 }), async (places) => {
        const blocks = new FileBlocks(handle, SIZE_BYTES);
        for (const [start, length] of places) {
          const end = Math.min(start + length + 1, SIZE_BYTES);
          expect((await taken(blocks, start, end)).equals(bytes.subarray(start, end))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are what lies in it for two that read on side by side', async () => {
    const blocks = new FileBlocks(handle, SIZE_BYTES);
    for (let at = 0; at < SIZE_BYTES - 40_000; at += 39_999) {
      const behind = Math.max(0, at - 700_000);
      expect((await taken(blocks, at, at + 39_999)).equals(bytes.subarray(at, at + 39_999))).toBe(true);
      expect((await taken(blocks, behind, behind + 99)).equals(bytes.subarray(behind, behind + 99))).toBe(
        true,
      );
    }
  });

  it('are read once by who reads on, in ever longer ones', async () => {
    const { blocks, lengths } = countedBlocks();
    for (let at = 0; at + 20_000 <= SIZE_BYTES; at += 20_000) await taken(blocks, at, at + 20_000);
    expect(lengths[0]).toBe(MEDIA_LIMITS.reader_block_bytes);
    expect(Math.max(...lengths)).toBe(MEDIA_LIMITS.reader_block_bytes_max);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(SIZE_BYTES);
  });

  it('are short for who jumps about', async () => {
    const { blocks, lengths } = countedBlocks();
    for (const at of [8_000_000, 16, 4_000_000, 2_000_000, 6_000_000]) await taken(blocks, at, at + 100);
    expect(Math.max(...lengths)).toBe(MEDIA_LIMITS.reader_block_bytes);
    expect(lengths).toHaveLength(5);
  });

  it('are an error, not zeros, where the file became shorter, also while it was read ahead', async () => {
    const shrinking = join(folder, 'shrinking');
    writeFileSync(shrinking, bytes);
    const file = await open(shrinking);
    try {
      const blocks = new FileBlocks(file, SIZE_BYTES);
      await taken(blocks, 0, 600_000);
      await truncate(shrinking, 700_000);
      await expect(
        (async () => {
          for (let at = 600_000; at + 20_000 <= SIZE_BYTES; at += 20_000) {
            expect((await taken(blocks, at, at + 20_000)).equals(bytes.subarray(at, at + 20_000))).toBe(true);
          }
        })(),
      ).rejects.toThrow('it became shorter while it was read');
    } finally {
      await file.close();
    }
  });
});
