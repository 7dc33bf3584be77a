import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MEDIA_LIMITS } from '../limits.ts';

type Collect = (options: { readonly type: 'minor' }) => void;

let collect: Collect | null = null;
let read_bytes = 0;

/**
 * Notes bytes that were read into blocks of memory, and has those let go of that nobody uses any more. The engine
 * looks for such blocks after so many *objects* have been made; footage makes few objects and much data, so that
 * without this an hour of it leaves hundreds of megabytes lying about before the engine wakes up. Only young blocks
 * are looked through, which takes a millisecond or two.
 */
export function noteBytesRead(bytes: number): void {
  read_bytes += bytes;
  if (read_bytes < MEDIA_LIMITS.bytes_between_collections) return;
  read_bytes = 0;
  collect ??= collector();
  collect({ type: 'minor' });
}

function collector(): Collect {
  // Parsing makes objects by the million that die at once; the engine would double its room for young ones, up to
  // 128 MB, and keep it. It stays as large as it is.
  setFlagsFromString('--semi-space-growth-factor=1');
  // Blocks count as old from the start, so that the engine would look through all it has for every few of them, ten times a second.
  // It waits until there is twice as much as after the last look.
  setFlagsFromString('--heap-growing-percent=100');
  setFlagsFromString('--expose-gc');
  const exposed = runInNewContext('gc') as Collect | undefined;
  setFlagsFromString('--no-expose-gc');
  return exposed ?? (() => undefined);
}
