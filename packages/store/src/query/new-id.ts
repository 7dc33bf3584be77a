import { randomBytes } from 'node:crypto';
import { makeId } from '@minhchung/domain';

/** An id for a row the store makes itself. */
export function newId(at_ms: number): string {
  return makeId(at_ms, randomBytes(10));
}
