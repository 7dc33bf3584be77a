/**
 * Writes a small object and then a large one until the place is full; prints as JSON how that ended and what is
 * left of it.
 *
 *   node full-disk-child.ts ROOT
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import { codeOf, keysOf, put } from './objects.ts';

const LARGE_BYTES = 64 * 1024 * 1024;
const root = process.argv[2]!;
const store = await createLocalArchive({ root });
await put(store, 'item/1/small.bin', Buffer.from('fits'));

const writer = await store.create('item/1/large.bin');
async function writeAll(): Promise<void> {
  const chunk = Buffer.alloc(100_000);
  for (let written = 0; written < LARGE_BYTES; written += chunk.length) await writer.write(chunk);
  await writer.commit();
}
const code = await codeOf(writeAll());
const commit_code = await codeOf(writer.commit());
await writer.abort();
const after = await codeOf(put(store, 'item/1/after.bin', Buffer.from('fits again')));
const incoming = await readdir(join(root, '.incoming'));
process.stdout.write(JSON.stringify({ code, commit_code, after, keys: await keysOf(store, ''), incoming }));
