import type { FileHandle } from 'node:fs/promises';
import type { RandomReader } from '../mp4/top-level.ts';

/** An open file as a thing to be read anywhere. */
export async function readerOf(file: FileHandle): Promise<RandomReader> {
  const { size } = await file.stat();
  return {
    size_bytes: size,
    read: async (offset, length) => {
      const buffer = new Uint8Array(Math.min(length, Math.max(0, size - offset)));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
      return buffer.subarray(0, bytesRead);
    },
  };
}
