import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { HASH_CHUNK_BYTES } from '../limits.ts';

/** Size and SHA-256 (hex) of an open file. Two buffers take turns: one is filled while the other is hashed. */
export async function hashFile(
  file: FileHandle,
  signal?: AbortSignal,
): Promise<{ readonly size_bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  const buffers = [Buffer.allocUnsafe(HASH_CHUNK_BYTES), Buffer.allocUnsafe(HASH_CHUNK_BYTES)] as const;
  let size_bytes = 0;
  let filling = readChunk(file, buffers[0], 0);
  for (let turn = 0; ; turn++) {
    const length = await filling;
    signal?.throwIfAborted();
    if (length === 0) return { size_bytes, sha256: hash.digest('hex') };
    size_bytes += length;
    filling = readChunk(file, turn % 2 === 0 ? buffers[1] : buffers[0], size_bytes);
    hash.update((turn % 2 === 0 ? buffers[0] : buffers[1]).subarray(0, length));
  }
}

async function readChunk(file: FileHandle, buffer: Buffer, position: number): Promise<number> {
  return (await file.read(buffer, 0, buffer.length, position)).bytesRead;
}
