/**
 * Writes a master and a manifest, and kills itself without warning before the n-th file operation. Prints the
 * names of the operations it came to, one a line.
 *
 *   node crash-child.ts ROOT N
 */
import { writeSync } from 'node:fs';
import fs, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { createLocalArchive } from '@minhchung/archive';
import { MANIFEST, MASTER } from './crash-objects.ts';

const [root, nth] = process.argv.slice(2);
let operations = 0;
let is_counting = false;

function counted<Act extends (...given: never[]) => unknown>(name: string, act: Act): Act {
  return function (this: unknown, ...given: never[]) {
    if (is_counting) {
      writeSync(1, `${name}\n`);
      operations += 1;
      if (operations === Number(nth)) process.kill(process.pid, 'SIGKILL');
    }
    return act.apply(this, given);
  } as Act;
}

for (const name of ['open', 'mkdir', 'link', 'unlink', 'rename', 'lstat'] as const) {
  Object.assign(fs, { [name]: counted(name, fs[name] as (...given: never[]) => unknown) });
}
syncBuiltinESMExports();
const handle = await fs.open('/dev/null');
const prototype = Object.getPrototypeOf(handle) as FileHandle;
for (const name of ['write', 'truncate', 'sync', 'close'] as const) {
  Object.assign(prototype, { [name]: counted(name, prototype[name] as (...given: never[]) => unknown) });
}
await handle.close();

const store = await createLocalArchive({ root: root! });
is_counting = true;
for (const { key, chunks } of [MASTER, MANIFEST]) {
  const writer = await store.create(key);
  for (const chunk of chunks) await writer.write(chunk);
  await writer.commit();
}
