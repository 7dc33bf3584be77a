import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { CodedError } from '@minhchung/domain';
import { Blocks } from '../hashing/blocks.ts';
import { ThreadHash } from '../hashing/thread-hash.ts';
import { LOCAL_BLOCK_BYTES } from '../limits.ts';
import { isNotDirect, openDirect } from './direct-file.ts';

const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW;

/** What reading a file back came to. */
export interface HashedFile {
  readonly size_bytes: number;
  readonly sha256: string;
}

/**
 * Reads a file from its first byte to its last and hashes it. What is longer than a block is read from the disk itself where that is
 * possible, not from memory. Throws `CANCELLED` and system errors.
 */
export async function hashFile(path: string, signal: AbortSignal | undefined): Promise<HashedFile> {
  const file = await open(path, FLAGS);
  try {
    const { size } = await file.stat();
    if (size < LOCAL_BLOCK_BYTES) {
      const bytes = await file.readFile();
      if (signal?.aborted) throw new CodedError('CANCELLED');
      return { size_bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    }
    const direct = await openDirect(path, FLAGS);
    try {
      return await hashBlocks({ direct, file }, signal);
    } finally {
      await direct?.close();
    }
  } finally {
    await file.close();
  }
}

/** The two ways to the bytes of a file; null where there is only the ordinary one. */
interface Ways {
  readonly direct: FileHandle | null;
  readonly file: FileHandle;
}

/** Two blocks are being read while a third is hashed. */
async function hashBlocks(ways: Ways, signal: AbortSignal | undefined): Promise<HashedFile> {
  const hash = new ThreadHash();
  const blocks = [Blocks.take(), Blocks.take(), Blocks.take()] as const;
  const blockOf = (index: number) => blocks[index % blocks.length]!;
  const readings: Promise<number>[] = [];
  const hashings: Promise<void>[] = [];
  const read = (index: number) => {
    readings[index % blocks.length] = heard(fill(ways, blockOf(index), index * LOCAL_BLOCK_BYTES));
  };
  try {
    let size_bytes = 0;
    read(0);
    read(1);
    for (let index = 0; ; index += 1) {
      const length = await readings[index % blocks.length]!;
      if (signal?.aborted) throw new CodedError('CANCELLED');
      size_bytes += length;
      hashings.push(heard(hash.update(blockOf(index).subarray(0, length))));
      if (length < LOCAL_BLOCK_BYTES) {
        await Promise.all(hashings);
        return { size_bytes, sha256: await hash.digest() };
      }
      // The block before this one is the one to be read into, once it was hashed.
      if (hashings.length > 1) await hashings.shift();
      read(index + 2);
    }
  } finally {
    await Promise.allSettled([...readings, ...hashings]);
    hash.drop();
    Blocks.give(...blocks);
  }
}

/** A promise that is waited for later: until then its failure is nobody's surprise. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** Fills a block from a place in the file on; less than the whole block only where the file ends. */
async function fill(ways: Ways, block: Buffer, position: number): Promise<number> {
  let filled = 0;
  while (filled < block.length) {
    // What is left of a block after a short read may begin anywhere: the disk alone would refuse it.
    const direct = filled === 0 ? ways.direct : null;
    const length = await readInto({ ...ways, direct }, block.subarray(filled), position + filled);
    if (length === 0) break;
    filled += length;
  }
  return filled;
}

async function readInto({ direct, file }: Ways, into: Buffer, position: number): Promise<number> {
  try {
    if (direct !== null) return (await direct.read(into, 0, into.length, position)).bytesRead;
  } catch (error) {
    if (!isNotDirect(error)) throw error;
  }
  return (await file.read(into, 0, into.length, position)).bytesRead;
}
