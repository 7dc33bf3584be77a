import { createHash } from 'node:crypto';
import {
  type ArchiveCapabilities,
  type ArchiveStore,
  type ArchiveWriter,
  CodedError,
} from '@minhchung/domain';
import { parseAttempt, parseFolder, parseKey } from '../keys.ts';
import { checkRange } from '../range.ts';
import { Bucket } from './bucket.ts';
import { discardS3Attempt } from './discard.ts';
import type { S3ArchiveOptions } from './options.ts';
import { probeBucket, type S3Capabilities } from './probe.ts';
import { S3Writer } from './s3-writer.ts';
import { tombstoneKey } from './tombstone.ts';

/** See `createS3Archive`. */
export async function openBucketArchive(options: S3ArchiveOptions): Promise<ArchiveStore> {
  const bucket = new Bucket(options);
  try {
    return new S3Archive(bucket, await probeBucket(bucket));
  } catch (error) {
    bucket.client.destroy();
    throw error;
  }
}

class S3Archive implements ArchiveStore {
  readonly kind = 's3';
  readonly capabilities: ArchiveCapabilities;
  private readonly bucket: Bucket;
  private readonly writers = new Set<ArchiveWriter>();

  constructor(bucket: Bucket, seen: S3Capabilities) {
    this.bucket = bucket;
    // S3 has no way to tell how much still fits.
    this.capabilities = { ...seen, free_bytes: async () => null };
  }

  async create(key: string, options: { signal?: AbortSignal } = {}): Promise<ArchiveWriter> {
    const object = parseKey(key);
    if ((await this.bucket.size(tombstoneKey(object.attempt))) !== null) {
      throw new CodedError('ARCHIVE_DISCARDED', { key: object.attempt });
    }
    if ((await this.bucket.size(key)) !== null) throw new CodedError('ARCHIVE_EXISTS', { key });
    const writer: S3Writer = new S3Writer(this.bucket, object, {
      signal: options.signal,
      onEnd: () => this.writers.delete(writer),
    });
    this.writers.add(writer);
    return writer;
  }

  async *read(key: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array> {
    parseKey(key);
    checkRange(key, range);
    if (range === undefined || range.start < range.end) yield* this.bucket.get(key, range);
  }

  async hash(key: string, { signal }: { signal?: AbortSignal } = {}): ReturnType<ArchiveStore['hash']> {
    const hash = createHash('sha256');
    let size_bytes = 0;
    for await (const chunk of this.read(key)) {
      if (signal?.aborted) throw new CodedError('CANCELLED');
      hash.update(chunk);
      size_bytes += chunk.length;
    }
    return { size_bytes, sha256: hash.digest('hex') };
  }

  async stat(key: string): Promise<{ readonly size_bytes: number } | null> {
    const size_bytes = await this.bucket.size(parseKey(key).key);
    return size_bytes === null ? null : { size_bytes };
  }

  async *list(prefix: string): AsyncIterable<{ readonly key: string; readonly size_bytes: number }> {
    const folder = parseFolder(prefix);
    for await (const object of this.bucket.list(folder === '' ? '' : `${folder}/`)) {
      if (!object.key.startsWith('.')) yield object;
    }
  }

  discardAttempt(
    attempt_prefix: string,
    { archived_too = false }: { readonly archived_too?: boolean } = {},
  ): Promise<string[]> {
    return discardS3Attempt(this.bucket, parseAttempt(attempt_prefix), archived_too);
  }

  localPath(): null {
    return null;
  }

  async close(): Promise<void> {
    await Promise.all([...this.writers].map((writer) => writer.abort()));
    this.bucket.client.destroy();
  }
}
