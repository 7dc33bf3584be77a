import { constants } from 'node:fs';
import { open, statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type ArchiveCapabilities,
  type ArchiveStore,
  type ArchiveWriter,
  CodedError,
} from '@minhchung/domain';
import { parseAttempt, parseFolder, parseKey } from '../keys.ts';
import { READ_CHUNK_BYTES } from '../limits.ts';
import { checkRange } from '../range.ts';
import { discardLocalAttempt } from './discard.ts';
import { archiveError } from './errors.ts';
import { hashFile } from './hash-file.ts';
import { LocalLayout } from './layout.ts';
import { LocalWriter } from './local-writer.ts';
import { probeLocalRoot } from './probe.ts';
import { sizeOf, walkFiles } from './walk.ts';

export interface LocalArchiveOptions {
  /** Folder of the archive; made when it is missing. */
  readonly root: string;
}

/**
 * Opens an archive in a local folder, after trying that the file system keeps its promises. Throws
 * `ARCHIVE_UNFIT`. Whoever may write the folder (root above all) can still change it: the store does not claim
 * an object lock.
 */
export async function createLocalArchive(options: LocalArchiveOptions): Promise<ArchiveStore> {
  const layout = new LocalLayout(resolve(options.root));
  await probeLocalRoot(layout);
  return new LocalArchive(layout);
}

class LocalArchive implements ArchiveStore {
  readonly kind = 'local';
  readonly capabilities: ArchiveCapabilities;
  private readonly layout: LocalLayout;
  private readonly writers = new Set<ArchiveWriter>();

  constructor(layout: LocalLayout) {
    this.layout = layout;
    this.capabilities = {
      conditional_write: true,
      object_lock: false,
      free_bytes: async () => {
        const { bavail, bsize } = await statfs(layout.root);
        return bavail * bsize;
      },
    };
  }

  async create(key: string, options: { signal?: AbortSignal } = {}): Promise<ArchiveWriter> {
    const object = parseKey(key);
    if ((await this.sizeAt(this.layout.tombstone(object.attempt), key)) !== null) {
      throw new CodedError('ARCHIVE_DISCARDED', { key: object.attempt });
    }
    if ((await this.sizeAt(this.layout.object(object), key)) !== null) {
      throw new CodedError('ARCHIVE_EXISTS', { key });
    }
    const writer = await LocalWriter.open(this.layout, object, {
      signal: options.signal,
      onEnd: () => this.writers.delete(writer),
    });
    this.writers.add(writer);
    return writer;
  }

  async *read(key: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array> {
    const object = parseKey(key);
    checkRange(key, range);
    if (range !== undefined && range.start === range.end) return;
    try {
      const file = await open(this.layout.object(object), constants.O_RDONLY | constants.O_NOFOLLOW);
      yield* file.createReadStream({
        highWaterMark: READ_CHUNK_BYTES,
        ...(range && { start: range.start, end: range.end - 1 }),
      });
    } catch (error) {
      throw archiveError(error, key);
    }
  }

  async hash(key: string, { signal }: { signal?: AbortSignal } = {}): ReturnType<ArchiveStore['hash']> {
    try {
      return await hashFile(this.layout.object(parseKey(key)), signal);
    } catch (error) {
      throw archiveError(error, key);
    }
  }

  async stat(key: string): Promise<{ readonly size_bytes: number } | null> {
    const size_bytes = await this.sizeAt(this.layout.object(parseKey(key)), key);
    return size_bytes === null ? null : { size_bytes };
  }

  async *list(prefix: string): AsyncIterable<{ readonly key: string; readonly size_bytes: number }> {
    const folder = parseFolder(prefix);
    try {
      yield* walkFiles(this.layout.root, folder);
    } catch (error) {
      throw archiveError(error, prefix);
    }
  }

  async discardAttempt(
    attempt_prefix: string,
    { archived_too = false }: { readonly archived_too?: boolean } = {},
  ): Promise<string[]> {
    const attempt = parseAttempt(attempt_prefix);
    try {
      return await discardLocalAttempt(this.layout, attempt, archived_too);
    } catch (error) {
      throw archiveError(error, attempt);
    }
  }

  localPath(key: string): string {
    return this.layout.object(parseKey(key));
  }

  async close(): Promise<void> {
    await Promise.all([...this.writers].map((writer) => writer.abort()));
  }

  private async sizeAt(path: string, key: string): Promise<number | null> {
    try {
      return await sizeOf(path);
    } catch (error) {
      throw archiveError(error, key);
    }
  }
}
