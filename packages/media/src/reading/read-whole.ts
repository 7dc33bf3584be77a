import type { FileHandle } from 'node:fs/promises';

/**
 * All of `[start, start + length)` of a file: a share may give less than was asked for at a time. Throws an error where the file became
 * shorter meanwhile, and never gives zeros for what was not there.
 */
export async function readWhole(
  file: Pick<FileHandle, 'read'>,
  start: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) throw new Error('it became shorter while it was read');
    filled += bytesRead;
  }
  return bytes;
}
