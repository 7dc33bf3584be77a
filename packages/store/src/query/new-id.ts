import { randomBytes } from 'node:crypto';
import { makeId } from '@minhchung/domain';

/** An id for a row the store makes itself. */
export function newId(at_ms: number): string {
  return makeId(at_ms, randomBytes(10));
}

let made = 0;

/** The same, and of the ids of one moment the later made is the greater: for lists of what one transaction did. */
export function newIdInOrder(at_ms: number): string {
  const bytes = randomBytes(10);
  made = (made + 1) % 2 ** 32;
  bytes.writeUInt32BE(made);
  return makeId(at_ms, bytes);
}
