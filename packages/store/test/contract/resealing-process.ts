/** Run as a process of its own: `node resealing-process.ts OPTIONS_JSON KEY_PATH PARTS` seals anew, a line for every part, and waits after so many. */
import { setTimeout } from 'node:timers/promises';
import { openSecretBox, openStore, type ResealPlace, type StoreOptions } from '../../src/index.ts';

const WAIT_MS_MAX = 60_000;
const [options, key_path, parts] = process.argv.slice(2);
const store = await openStore(JSON.parse(options!) as StoreOptions);
const box = await openSecretBox(key_path!);
const key_id = await store.sealingKey.use(box);
let place: ResealPlace | null = null;
let done = 0;
do {
  const part: Awaited<ReturnType<typeof store.sealingKey.reseal>> = await store.sealingKey.reseal(
    box,
    key_id,
    place,
    3,
  );
  place = part.next;
  process.stdout.write(`${part.resealed}\n`);
  done += 1;
  // In the middle of the work, whenever the end comes.
  if (done === Number(parts)) await setTimeout(WAIT_MS_MAX);
} while (place !== null);
await store.close();
