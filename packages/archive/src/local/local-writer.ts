import { randomUUID } from 'node:crypto';
import { type FileHandle, link, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ArchiveWriter, CodedError } from '@minhchung/domain';
import type { ObjectKey } from '../keys.ts';
import { BlockFile } from './block-file.ts';
import { makeFolder, syncFolder } from './durable.ts';
import { archiveError, errnoOf } from './errors.ts';
import type { LocalLayout } from './layout.ts';
import { sizeOf } from './walk.ts';

/** While it is written nobody else writes it; an object is never written again, not even by us. */
const WRITING_MODE = 0o640;
const OBJECT_MODE = 0o440;

/**
 * Writes one object in crash-safe steps:
 *
 * 1. a hidden file of a random name, hashed as the bytes pass;
 * 2. `fsync` of the file: the bytes are there before the name is;
 * 3. `link(2)` to the final name, which fails when the name is taken, so that two writers can never overwrite
 *    one another (`rename(2)` would overwrite silently, and opening the final name exclusively would show a
 *    half-written object);
 * 4. `fsync` of the folder: the name is there after a loss of power;
 * 5. the hidden name is removed. A crash before that leaves a second, hidden name of the same bytes.
 */
export class LocalWriter implements ArchiveWriter {
  private readonly layout: LocalLayout;
  private readonly key: ObjectKey;
  private readonly signal: AbortSignal | undefined;
  private readonly incoming: string;
  private readonly bytes: BlockFile;
  private readonly onEnd: () => void;
  private state: 'open' | 'failed' | 'ended' = 'open';

  private constructor(
    layout: LocalLayout,
    key: ObjectKey,
    opened: { incoming: string; file: FileHandle },
    options: { signal: AbortSignal | undefined; onEnd: () => void },
  ) {
    this.layout = layout;
    this.key = key;
    this.incoming = opened.incoming;
    this.bytes = new BlockFile(opened.incoming, opened.file);
    this.signal = options.signal;
    this.onEnd = options.onEnd;
  }

  /** Step 1 begins: the hidden file is made. Throws `ARCHIVE_FULL`, `ARCHIVE_BROKEN`. */
  static async open(
    layout: LocalLayout,
    key: ObjectKey,
    options: { signal: AbortSignal | undefined; onEnd: () => void },
  ): Promise<LocalWriter> {
    const incoming = join(layout.incoming, layout.incomingPrefix(key.attempt) + randomUUID());
    try {
      return new LocalWriter(
        layout,
        key,
        { incoming, file: await open(incoming, 'wx', WRITING_MODE) },
        options,
      );
    } catch (error) {
      throw archiveError(error, key.key);
    }
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.assertOpen();
    try {
      await this.bytes.write(chunk);
    } catch (error) {
      this.state = 'failed';
      throw archiveError(error, this.key.key);
    }
  }

  async commit(): Promise<{ readonly size_bytes: number; readonly sha256: string }> {
    this.assertOpen();
    let sha256: string;
    try {
      sha256 = await this.bytes.sync(OBJECT_MODE);
      await this.publish();
    } catch (error) {
      await this.abort();
      throw archiveError(error, this.key.key);
    }
    await this.abort();
    return { size_bytes: this.bytes.size_bytes, sha256 };
  }

  /** Closes and removes the hidden file; after a commit the object keeps its own name. */
  async abort(): Promise<void> {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.onEnd();
    await this.bytes.settle();
    try {
      await this.bytes.close();
    } finally {
      await unlink(this.incoming).catch((error: unknown) => {
        if (errnoOf(error) !== 'ENOENT') throw archiveError(error, this.key.key);
      });
    }
  }

  /** Steps 3 and 4. The tombstone is looked at on both sides of the link: see `discardAttempt`. */
  private async publish(): Promise<void> {
    const path = this.layout.object(this.key);
    await this.assertNotDiscarded();
    await makeFolder(dirname(path));
    try {
      await link(this.incoming, path);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
      throw new CodedError('ARCHIVE_EXISTS', { key: this.key.key }, { cause: error });
    }
    try {
      await this.assertNotDiscarded();
    } catch (error) {
      await unlink(path);
      throw error;
    }
    await syncFolder(dirname(path));
  }

  private async assertNotDiscarded(): Promise<void> {
    if ((await sizeOf(this.layout.tombstone(this.key.attempt))) === null) return;
    throw new CodedError('ARCHIVE_DISCARDED', { key: this.key.attempt });
  }

  private assertOpen(): void {
    if (this.signal?.aborted) throw new CodedError('CANCELLED');
    if (this.state === 'open') return;
    throw new CodedError('ARCHIVE_BROKEN', { key: this.key.key, reason: `the writer has ${this.state}` });
  }
}
