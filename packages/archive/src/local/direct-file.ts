import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errnoOf } from './errors.ts';

/** What the disk takes and gives without a copy begins and ends at a multiple of this, in the file as in memory. */
export const DIRECT_BYTES = 4096;

/** What systems answer that know no such way, or not for this file system or these bytes. */
const NOT_DIRECT = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP']);

/**
 * Opens a file around the memory in which the system keeps what was read and written last: large files neither push everything else
 * out of it nor cost a copy, and what is read was read from the disk itself. Null where that cannot be: the ordinary way is left.
 */
export async function openDirect(path: string, flags: number): Promise<FileHandle | null> {
  // Not on every system.
  if (constants.O_DIRECT === undefined) return null;
  return await open(path, flags | constants.O_DIRECT).catch(() => null);
}

/** True when the way around was refused, be it for the file system or for where the bytes begin; the ordinary way is left. */
export function isNotDirect(error: unknown): boolean {
  return NOT_DIRECT.has(errnoOf(error) ?? '');
}
