import { join } from 'node:path';
import type { ObjectKey } from '../keys.ts';

/**
 * Where things lie below the root. Keys never begin with a dot, so nothing in the two hidden folders can be
 * listed or read as an object; `~` never stands in a key, so their flat names cannot be confused:
 *
 * - `item/attempt/name`             objects, whole and durable
 * - `.incoming/item~attempt~<uuid>` objects being written, or left half-written by a crash
 * - `.discarded/item~attempt`       empty file: the attempt was discarded and takes no more objects
 */
export class LocalLayout {
  readonly root: string;
  readonly incoming: string;
  readonly discarded: string;

  constructor(root: string) {
    this.root = root;
    this.incoming = join(root, '.incoming');
    this.discarded = join(root, '.discarded');
  }

  object(key: ObjectKey): string {
    return join(this.root, key.key);
  }

  /** Folder of an attempt's objects. */
  attempt(attempt: string): string {
    return join(this.root, attempt);
  }

  /** What the names of an attempt's half-written objects begin with. */
  incomingPrefix(attempt: string): string {
    return `${flat(attempt)}~`;
  }

  tombstone(attempt: string): string {
    return join(this.discarded, flat(attempt));
  }
}

function flat(attempt: string): string {
  return attempt.replace('/', '~');
}
