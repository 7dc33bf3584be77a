/**
 * Archives a large object and does one more thing with it; prints as JSON how that ended, and must then come to its end by itself.
 *
 *   node ending-child.ts ROOT written|cancelled|'given up'|missing
 */
import { randomBytes } from 'node:crypto';
import { createLocalArchive } from '@minhchung/archive';
import { codeOf, sha256 } from './objects.ts';

const [root, way] = process.argv.slice(2) as [string, string];
const store = await createLocalArchive({ root });
const bytes = randomBytes(9 * 1024 * 1024 + 17);
const writer = await store.create('item/1/a.bin');
await writer.write(bytes);
let is_same = false;
let code = 'no error';
if (way === 'given up') code = await codeOf(writer.abort());
else {
  const written = await writer.commit();
  is_same = written.sha256 === sha256(bytes) && written.size_bytes === bytes.length;
}
if (way === 'written') is_same &&= (await store.hash('item/1/a.bin')).sha256 === sha256(bytes);
if (way === 'cancelled') code = await codeOf(store.hash('item/1/a.bin', { signal: AbortSignal.abort() }));
if (way === 'missing') code = await codeOf(store.hash('item/1/none.bin'));
await store.close();
process.stdout.write(JSON.stringify({ code, is_same }));
