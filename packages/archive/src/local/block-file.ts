import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Blocks } from '../hashing/blocks.ts';
import { ThreadHash } from '../hashing/thread-hash.ts';
import { LOCAL_BLOCK_BYTES } from '../limits.ts';
import { DIRECT_BYTES, isNotDirect, openDirect } from './direct-file.ts';

/**
 * Writes a file forward in blocks and hashes it: disk and hash have two of them while the next is filled. What fits one block goes the
 * ordinary way; what is longer is handed to the disk without a copy, where that is possible.
 */
export class BlockFile {
  readonly #path: string;
  readonly #file: FileHandle;
  /** Null for what fits one block so far. */
  #hash: ThreadHash | null = null;
  /** Null before the first block, and where the file system does not take blocks without a copy. */
  #direct: FileHandle | null = null;
  #filling: Buffer | null = null;
  #filled_bytes = 0;
  #sent_bytes = 0;
  #written: Promise<void> = Promise.resolve();
  /** The last two blocks on their way. They never reject: what failed is thrown by whoever waits next. */
  #on_the_way: readonly [Promise<unknown>, Promise<unknown>] = [Promise.resolve(), Promise.resolve()];
  #failure: { readonly error: unknown } | null = null;
  /** The call of `write` that is under way. It never rejects. */
  #taking: Promise<unknown> = Promise.resolve();
  #is_over = false;

  /** `file` is a new, empty file at `path`. */
  constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** Bytes taken so far. */
  get size_bytes(): number {
    return this.#sent_bytes + this.#filled_bytes;
  }

  /** Takes bytes; they are copied, so the caller may use the chunk again. Throws what an earlier block failed with. */
  async write(chunk: Uint8Array): Promise<void> {
    const taking = this.#take(chunk);
    this.#taking = taking.catch(() => undefined);
    await taking;
  }

  async #take(chunk: Uint8Array): Promise<void> {
    for (let taken = 0; taken < chunk.length; ) {
      if (this.#filled_bytes === LOCAL_BLOCK_BYTES) await this.#sendFilled();
      this.#filling ??= Blocks.take();
      const piece = chunk.subarray(taken, taken + LOCAL_BLOCK_BYTES - this.#filled_bytes);
      // `set` copies into shared memory byte by byte, four times slower.
      this.#filling.fill(piece, this.#filled_bytes, this.#filled_bytes + piece.length);
      this.#filled_bytes += piece.length;
      taken += piece.length;
    }
  }

  /**
   * Waits until everything taken is durable, under this mode, and gives the SHA-256 of it, in hex. Throws what a block failed with.
   */
  async sync(mode: number): Promise<string> {
    const { size_bytes } = this;
    let sha256: string;
    if (this.#hash === null) {
      const bytes = this.#filling?.subarray(0, size_bytes) ?? Buffer.alloc(0);
      sha256 = createHash('sha256').update(bytes).digest('hex');
      await writeAll(this.#file, bytes, 0);
    } else {
      if (this.#filled_bytes > 0) await this.#sendFilled();
      sha256 = await this.#hash.digest();
    }
    await this.settle();
    this.#throwFailure();
    // The last block was written up to a boundary of the disk.
    if (this.#direct !== null) await this.#file.truncate(size_bytes);
    await this.#file.chmod(mode);
    await this.#file.sync();
    return sha256;
  }

  /** Waits until nothing is on its way any more, without throwing. Nothing may be written afterwards. */
  async settle(): Promise<void> {
    this.#is_over = true;
    await this.#taking;
    await Promise.all(this.#on_the_way);
    this.#hash?.drop();
    if (this.#filling !== null) Blocks.give(this.#filling);
    this.#filling = null;
  }

  /** Closes the file; `settle` comes first. */
  async close(): Promise<void> {
    try {
      await this.#direct?.close();
    } finally {
      await this.#file.close();
    }
  }

  /** Sends the filled block on its way once the one before the last has arrived. */
  async #sendFilled(): Promise<void> {
    const [earlier, last] = this.#on_the_way;
    await earlier;
    this.#throwFailure();
    if (this.#hash === null) {
      this.#hash = new ThreadHash();
      this.#direct = await openDirect(this.#path, constants.O_WRONLY);
    }
    if (this.#is_over) throw new Error('the file was given up while it was written');
    const block = this.#filling!;
    const length = this.#filled_bytes;
    const position = this.#sent_bytes;
    // One write at a time: a second one would only spin until the file system lets go of the file.
    this.#written = this.#written.then(() => this.#writeBlock(block, length, position));
    const parts = [this.#hash.update(block.subarray(0, length)), this.#written];
    const done = Promise.allSettled(parts).then((ended) => {
      const failed = ended.find((one) => one.status === 'rejected');
      if (failed !== undefined) this.#failure ??= { error: failed.reason };
      Blocks.give(block);
    });
    this.#on_the_way = [last, done];
    this.#filling = null;
    this.#filled_bytes = 0;
    this.#sent_bytes += length;
  }

  async #writeBlock(block: Buffer, length: number, position: number): Promise<void> {
    if (this.#direct !== null) {
      const padded = Math.ceil(length / DIRECT_BYTES) * DIRECT_BYTES;
      try {
        return await writeAll(this.#direct, block.subarray(0, padded), position);
      } catch (error) {
        if (!isNotDirect(error)) throw error;
      }
    }
    await writeAll(this.#file, block.subarray(0, length), position);
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
