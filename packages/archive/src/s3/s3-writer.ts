import { createHash } from 'node:crypto';
import type { CompletedPart } from '@aws-sdk/client-s3';
import { type ArchiveWriter, CodedError } from '@minhchung/domain';
import type { ObjectKey } from '../keys.ts';
import { S3_PART_BYTES, S3_PARTS_IN_FLIGHT_MAX } from '../limits.ts';
import type { Bucket } from './bucket.ts';
import { tombstoneKey } from './tombstone.ts';

/**
 * Writes one object in crash-safe steps:
 *
 * 1. bytes are hashed and gathered into parts of a fixed size;
 * 2. what fits one part is put in one request with `If-None-Match: *`, which the service itself refuses for a
 *    taken key; anything longer goes up part by part, invisible until
 * 3. the upload is completed, after looking that the key is free (Ceph does not look itself: two writers of one
 *    key at the same instant are kept apart by the lease, as every attempt has one worker);
 * 4. the tombstone is looked at before and after, see `discardS3Attempt`.
 *
 * A crash leaves an unfinished upload, which nobody can read and `discardAttempt` aborts.
 */
export class S3Writer implements ArchiveWriter {
  private readonly bucket: Bucket;
  private readonly key: ObjectKey;
  private readonly signal: AbortSignal | undefined;
  private readonly onEnd: () => void;
  private readonly hash = createHash('sha256');
  private readonly parts: Promise<CompletedPart>[] = [];
  private readonly in_flight = new Set<Promise<unknown>>();
  private upload_id: string | null = null;
  /** Buffers whose part has arrived. They are used again: fresh ones would pile up faster than they are collected. */
  private readonly spare: Buffer[] = [];
  private filling: Buffer = Buffer.allocUnsafe(S3_PART_BYTES);
  private filled_bytes = 0;
  private size_bytes = 0;
  private state: 'open' | 'failed' | 'ended' = 'open';

  constructor(
    bucket: Bucket,
    key: ObjectKey,
    options: { readonly signal: AbortSignal | undefined; readonly onEnd: () => void },
  ) {
    this.bucket = bucket;
    this.key = key;
    this.signal = options.signal;
    this.onEnd = options.onEnd;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.assertOpen();
    this.hash.update(chunk);
    try {
      for (let taken = 0; taken < chunk.length; ) {
        if (this.filled_bytes === S3_PART_BYTES) await this.sendPart();
        const piece = chunk.subarray(taken, taken + S3_PART_BYTES - this.filled_bytes);
        this.filling.set(piece, this.filled_bytes);
        this.filled_bytes += piece.length;
        taken += piece.length;
      }
    } catch (error) {
      this.state = 'failed';
      throw error;
    }
    this.size_bytes += chunk.length;
  }

  async commit(): Promise<{ readonly size_bytes: number; readonly sha256: string }> {
    this.assertOpen();
    const { key } = this.key;
    try {
      await this.assertNotDiscarded();
      if (this.upload_id === null) await this.bucket.putNew(key, this.filled(), this.signal);
      else await this.complete(this.upload_id);
    } catch (error) {
      await this.abort();
      throw error;
    }
    this.end();
    await this.assertNotDiscarded().catch(async (error: unknown) => {
      await this.bucket.remove(key);
      throw error;
    });
    return { size_bytes: this.size_bytes, sha256: this.hash.digest('hex') };
  }

  async abort(): Promise<void> {
    if (this.state === 'ended') return;
    this.end();
    await Promise.allSettled(this.in_flight);
    if (this.upload_id !== null) await this.bucket.abortUpload(this.key.key, this.upload_id);
  }

  /** Sends the filled part on its way and begins a new one; waits while enough are on their way. */
  private async sendPart(): Promise<void> {
    const { key } = this.key;
    this.upload_id ??= await this.bucket.beginUpload(key, this.signal);
    const sending = this.bucket.uploadPart(
      key,
      this.upload_id,
      this.parts.length + 1,
      this.filled(),
      this.signal,
    );
    this.parts.push(sending);
    this.in_flight.add(sending);
    const sent = this.filling;
    sending.then(
      () => {
        this.in_flight.delete(sending);
        this.spare.push(sent);
      },
      // It stays in flight, so that whoever waits next, here or in the completion, is thrown the error.
      () => {},
    );
    if (this.in_flight.size >= S3_PARTS_IN_FLIGHT_MAX) await Promise.race(this.in_flight);
    this.filling = this.spare.pop() ?? Buffer.allocUnsafe(S3_PART_BYTES);
    this.filled_bytes = 0;
  }

  private async complete(upload_id: string): Promise<void> {
    const { key } = this.key;
    await this.sendPart();
    const parts = await Promise.all(this.parts);
    if ((await this.bucket.size(key)) !== null) throw new CodedError('ARCHIVE_EXISTS', { key });
    await this.bucket.completeUpload(key, upload_id, parts, this.signal);
  }

  private async assertNotDiscarded(): Promise<void> {
    if ((await this.bucket.size(tombstoneKey(this.key.attempt))) === null) return;
    throw new CodedError('ARCHIVE_DISCARDED', { key: this.key.attempt });
  }

  private filled(): Buffer {
    return this.filling.subarray(0, this.filled_bytes);
  }

  private end(): void {
    this.state = 'ended';
    this.onEnd();
  }

  private assertOpen(): void {
    if (this.signal?.aborted) throw new CodedError('CANCELLED');
    if (this.state === 'open') return;
    throw new CodedError('ARCHIVE_BROKEN', { key: this.key.key, reason: `the writer has ${this.state}` });
  }
}
