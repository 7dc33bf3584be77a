/** Run as a process of its own: `node resealing-process.ts OPTIONS_JSON KEY_PATH` seals anew, a line for every part. */
import { openSecretBox, openStore, type ResealPlace, type StoreOptions } from '../../src/index.ts';

const [options, key_path] = process.argv.slice(2);
const store = await openStore(JSON.parse(options!) as StoreOptions);
const box = await openSecretBox(key_path!);
const key_id = await store.sealingKey.use(box);
let place: ResealPlace | null = null;
do {
  const part: Awaited<ReturnType<typeof store.sealingKey.reseal>> = await store.sealingKey.reseal(
    box,
    key_id,
    place,
    3,
  );
  place = part.next;
  process.stdout.write(`${part.resealed}\n`);
} while (place !== null);
await store.close();
