/** Files that led the container reader in a circle, in which nothing else of the process ran. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCoded } from '@minhchung/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMediaReader } from '../src/index.ts';
import { never } from './support/cut-file.ts';
import { makeSample } from './support/samples.ts';

const CLUSTER = Buffer.from('1f43b675', 'hex');
const TAGS = Buffer.from('1254c367', 'hex');

let folder: string;
let good: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-circle-'));
  good = await readFile(await makeSample(join(folder, 'good.mkv'), { seconds: 2 }));
});
afterAll(() => rm(folder, { recursive: true }));

/** Frames that can be read, or the code of the error. */
async function outcome(bytes: Buffer): Promise<number | string> {
  const path = join(folder, 'case.mkv');
  await writeFile(path, bytes);
  try {
    const file = await createMediaReader().open(path, never);
    let frames = 0;
    for await (const _packet of file.packetsFrom(0, never)) frames += 1;
    await file.close();
    return frames;
  } catch (error) {
    if (!isCoded(error)) throw error;
    return error.code;
  }
}

it.each([
  ['cluster', CLUSTER],
  ['tags', TAGS],
])('a Matroska file whose %s has a size that is none is read to an end', async (_what, id) => {
  const bytes = Buffer.from(good);
  const at = bytes.lastIndexOf(id);
  expect(at).toBeGreaterThan(0);
  bytes[at + id.length] = 0;
  const ended = await outcome(bytes);
  expect(typeof ended === 'number' || ended === 'MEDIA_UNREADABLE').toBe(true);
});

it('a good one is read whole', async () => {
  expect(await outcome(good)).toBe(50);
});
