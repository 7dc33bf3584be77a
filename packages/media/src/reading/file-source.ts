import { type FileHandle, open, stat } from 'node:fs/promises';
import { CustomSource } from 'mediabunny';
import { MEDIA_LIMITS } from '../limits.ts';

/**
 * A file as the container reader takes it: read in blocks, each byte once, every byte really read. (The
 * reader's own source for paths hands out zeros where a read falls short, as on a share or a file being cut.)
 * Throws system errors, and an error for what is no regular file: opening a pipe would wait for ever.
 */
export async function openFileSource(path: string): Promise<CustomSource> {
  if (!(await stat(path)).isFile()) throw new Error('it is no regular file');
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  let block: Uint8Array = new Uint8Array();
  let block_start = 0;
  return new CustomSource({
    getSize: () => size,
    read(start, end) {
      if (start >= block_start && end <= block_start + block.length) {
        return block.subarray(start - block_start, end - block_start);
      }
      const wanted = Math.max(end - start, Math.min(MEDIA_LIMITS.reader_block_bytes, size - start));
      return readFully(handle, start, wanted).then((bytes) => {
        block = bytes;
        block_start = start;
        return bytes.subarray(0, end - start);
      });
    },
    dispose: () => void handle.close(),
    maxCacheSize: MEDIA_LIMITS.reader_cache_bytes,
    prefetchProfile: 'fileSystem',
    // A failed read ahead is no error yet: who needs those bytes reads them again and is told.
    handleUnhandledError: () => undefined,
  });
}

async function readFully(handle: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) throw new Error('it became shorter while it was read');
    filled += bytesRead;
  }
  return bytes;
}
