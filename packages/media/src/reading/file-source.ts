import { constants, type FileHandle, open } from 'node:fs/promises';
import { CustomSource } from 'mediabunny';
import { MEDIA_LIMITS } from '../limits.ts';
import { noteBytesRead } from './freed-blocks.ts';
import { checkOutline } from './header-guard.ts';
import { limitReads } from './read-budget.ts';
import { readableSize } from './whole-fragments.ts';

/**
 * A file as the container reader takes it: read in blocks, each byte once, every byte really read. (The
 * reader's own source for paths hands out zeros where a read falls short, as on a share or a file being cut.)
 * Throws system errors, and an error for what is no regular file or has an outline that no reader should meet.
 */
export async function openFileSource(path: string): Promise<CustomSource> {
  // Without waiting: opening a pipe that nobody writes to would never end.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const size = await checkedSize(handle).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  let block: Uint8Array = new Uint8Array();
  let block_start = 0;
  const source = new CustomSource({
    getSize: () => size,
    read(start, end) {
      if (start >= block_start && end <= block_start + block.length) {
        return block.subarray(start - block_start, end - block_start);
      }
      const wanted = Math.max(end - start, Math.min(MEDIA_LIMITS.reader_block_bytes, size - start));
      return readFully(handle, start, wanted).then((bytes) => {
        budget.renew();
        noteBytesRead(bytes.length);
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
  const budget = limitReads(source);
  return source;
}

async function checkedSize(handle: FileHandle): Promise<number> {
  const facts = await handle.stat();
  if (!facts.isFile()) throw new Error('it is no regular file');
  await checkOutline(handle, facts.size);
  return await readableSize(handle, facts.size);
}

async function readFully(handle: FileHandle, start: number, length: number): Promise<Uint8Array> {
  if (length > MEDIA_LIMITS.index_bytes_max)
    throw new Error('it asks for more bytes at once than a frame has');
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) throw new Error('it became shorter while it was read');
    filled += bytesRead;
  }
  return bytes;
}
