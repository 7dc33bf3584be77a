import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, stat, statfs, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@minhchung/domain';
import { HASH_CHUNK_BYTES, SYNC_BYTES } from '../limits.ts';

const ID = /^[0-9A-Z]{26}$/;
const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** One piece of a file on its way in. */
export interface IncomingPiece {
  readonly id: string;
  /** Bytes that are surely on disk; what lies behind them is overwritten. */
  readonly from_bytes: number;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Told after every bringing to disk, in order; false: somebody else wrote this file, and this piece ends. */
  readonly onDurable: (to_bytes: number) => Promise<boolean>;
  /** Told whenever bytes come. */
  readonly onBytes?: () => void;
}

/**
 * Where files lie until they are whole: `<id>.part`, readable by the service alone, named by us and never by people.
 *
 * What counts is what was brought to disk and then noted by the caller; a crash costs at most `SYNC_BYTES`, which the
 * sender sends again. The SHA-256 runs along; when the process ended in between, or somebody else wrote, what is on
 * disk is hashed again before the next byte is taken.
 */
export class Quarantine {
  readonly #folder: string;
  readonly #running = new Map<string, { readonly hash: Hash; readonly at_bytes: number }>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder where it is missing. */
  static async open(folder: string): Promise<Quarantine> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new Quarantine(folder);
  }

  /** Absolute path of a file. Throws for what is no id of ours. */
  path(id: string): string {
    if (!ID.test(id)) throw new TypeError('no id of an upload');
    return join(this.#folder, `${id}.part`);
  }

  async create(id: string): Promise<void> {
    try {
      await (await open(this.path(id), 'wx', 0o600)).close();
    } catch (error) {
      throw spaceError(error);
    }
  }

  /**
   * Takes a piece in and returns up to where the file is surely on disk. What came is kept whatever ended it; then
   * throws `UPLOAD_NO_SPACE`, `UPLOAD_BUSY`, or what the sender's stream threw.
   */
  async append(piece: IncomingPiece): Promise<number> {
    const file = await open(this.path(piece.id), constants.O_RDWR | constants.O_NOFOLLOW);
    let at_bytes = piece.from_bytes;
    let durable_bytes = piece.from_bytes;
    const hash = await this.#hashAt(piece.id, at_bytes, file);
    const settle = async () => {
      if (durable_bytes === at_bytes) return;
      await file.datasync();
      if (!(await piece.onDurable(at_bytes))) throw new CodedError('UPLOAD_BUSY');
      durable_bytes = at_bytes;
    };
    try {
      await file.truncate(at_bytes);
      for await (const chunk of piece.bytes) {
        piece.onBytes?.();
        await writeAll(file, chunk, at_bytes);
        hash.update(chunk);
        at_bytes += chunk.byteLength;
        if (at_bytes - durable_bytes >= SYNC_BYTES) await settle();
      }
      await settle();
      this.#running.set(piece.id, { hash, at_bytes });
      return at_bytes;
    } catch (error) {
      // What came before the fault is good: it need not be sent again.
      await settle().catch(() => undefined);
      if (durable_bytes === at_bytes) this.#running.set(piece.id, { hash, at_bytes });
      throw spaceError(error);
    } finally {
      await file.close();
    }
  }

  /** SHA-256 of the first `size_bytes` of a file, lower-case hex. */
  async sha256(id: string, size_bytes: number): Promise<string> {
    const file = await open(this.path(id), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const hash = await this.#hashAt(id, size_bytes, file);
      return hash.copy().digest('hex');
    } finally {
      await file.close();
    }
  }

  /** The bytes of a file, for whoever takes it over. */
  async *read(id: string): AsyncGenerator<Uint8Array> {
    const file = await open(this.path(id), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      yield* file.createReadStream({ highWaterMark: HASH_CHUNK_BYTES, autoClose: false });
    } finally {
      await file.close();
    }
  }

  /** Removes a file; nothing happens when it is gone. */
  async remove(id: string): Promise<void> {
    this.#running.delete(id);
    await unlink(this.path(id)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  /** Ids of the files that lie here and were not touched since. */
  async idsUntouchedSince(before_ms: number): Promise<string[]> {
    const ids: string[] = [];
    for (const name of await readdir(this.#folder)) {
      const id = name.replace(/\.part$/, '');
      if (!ID.test(id) || !name.endsWith('.part')) continue;
      const found = await stat(join(this.#folder, name)).catch(() => null);
      if (found !== null && found.mtimeMs < before_ms) ids.push(id);
    }
    return ids;
  }

  /** Bytes that are free for us where the files lie. */
  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#folder);
    return bavail * bsize;
  }

  /** The hash of the file up to here: the one that ran along, or what is on disk, read again. */
  async #hashAt(id: string, at_bytes: number, file: FileHandle): Promise<Hash> {
    const running = this.#running.get(id);
    this.#running.delete(id);
    if (running?.at_bytes === at_bytes) return running.hash;
    const hash = createHash('sha256');
    if (at_bytes === 0) return hash;
    const bytes = file.createReadStream({
      ...{ start: 0, end: at_bytes - 1, highWaterMark: HASH_CHUNK_BYTES, autoClose: false },
    });
    let read_bytes = 0;
    for await (const chunk of bytes) {
      hash.update(chunk as Uint8Array);
      read_bytes += (chunk as Uint8Array).byteLength;
    }
    if (read_bytes !== at_bytes) throw new CodedError('UPLOAD_CHANGED', { upload: id });
    return hash;
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array, at_bytes: number): Promise<void> {
  let done = 0;
  while (done < chunk.byteLength) {
    const { bytesWritten } = await file.write(chunk, done, chunk.byteLength - done, at_bytes + done);
    done += bytesWritten;
  }
}

function spaceError(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return FULL.includes(code) ? new CodedError('UPLOAD_NO_SPACE', {}, { cause: error }) : error;
}
