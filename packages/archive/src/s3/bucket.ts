import { type CompletedPart, S3 } from '@aws-sdk/client-s3';
import { CodedError } from '@minhchung/domain';
import { S3_ATTEMPTS_MAX, S3_CONNECT_TIMEOUT_MS, S3_REQUEST_TIMEOUT_MS } from '../limits.ts';
import { archiveError, errorNameOf, isAbsent } from './errors.ts';
import type { S3ArchiveOptions } from './options.ts';

/** The requests an archive makes of one bucket. Every failure is a coded error. */
export class Bucket {
  readonly name: string;
  readonly client: S3;

  constructor(options: S3ArchiveOptions) {
    this.name = options.bucket;
    this.client = new S3({
      endpoint: options.endpoint,
      region: options.region,
      // Addresses of the form endpoint/bucket/key: a bucket needs no name of its own in the DNS.
      forcePathStyle: true,
      credentials: { accessKeyId: options.access_key_id, secretAccessKey: options.secret_access_key },
      // We hash ourselves; trailing checksums are what older Ceph does not understand.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: S3_ATTEMPTS_MAX,
      requestHandler: { connectionTimeout: S3_CONNECT_TIMEOUT_MS, requestTimeout: S3_REQUEST_TIMEOUT_MS },
    });
  }

  /** Size in bytes, or null when there is no such object. */
  async size(key: string): Promise<number | null> {
    try {
      const head = await this.client.headObject({ Bucket: this.name, Key: key });
      return head.ContentLength ?? 0;
    } catch (error) {
      if (isAbsent(error)) return null;
      throw archiveError(error, key);
    }
  }

  /** Writes a small object unless the key is taken (`If-None-Match: *`). Throws `ARCHIVE_EXISTS`. */
  async putNew(key: string, body: Uint8Array, signal?: AbortSignal): Promise<void> {
    const input = { Bucket: this.name, Key: key, Body: body, IfNoneMatch: '*' };
    await coded(key, this.client.putObject(input, { abortSignal: signal }));
  }

  async *get(key: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array> {
    const Range = range && `bytes=${range.start}-${range.end - 1}`;
    try {
      const { Body } = await this.client.getObject({ Bucket: this.name, Key: key, Range });
      yield* Body as AsyncIterable<Uint8Array>;
    } catch (error) {
      // A range that begins behind the end holds nothing.
      if (errorNameOf(error) !== 'InvalidRange') throw archiveError(error, key);
    }
  }

  async *list(prefix: string): AsyncIterable<{ readonly key: string; readonly size_bytes: number }> {
    let ContinuationToken: string | undefined;
    do {
      const page = await coded(
        prefix,
        this.client.listObjectsV2({ Bucket: this.name, Prefix: prefix, ContinuationToken }),
      );
      for (const { Key, Size } of page.Contents ?? []) yield { key: Key ?? '', size_bytes: Size ?? 0 };
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }

  async remove(key: string): Promise<void> {
    await coded(key, this.client.deleteObject({ Bucket: this.name, Key: key }));
  }

  async beginUpload(key: string, signal?: AbortSignal): Promise<string> {
    const { UploadId } = await coded(
      key,
      this.client.createMultipartUpload({ Bucket: this.name, Key: key }, { abortSignal: signal }),
    );
    if (UploadId === undefined) throw new CodedError('ARCHIVE_BROKEN', { key, reason: 'no upload id' });
    return UploadId;
  }

  async uploadPart(
    key: string,
    UploadId: string,
    PartNumber: number,
    Body: Uint8Array,
    signal?: AbortSignal,
  ): Promise<CompletedPart> {
    const input = { Bucket: this.name, Key: key, UploadId, PartNumber, Body };
    const { ETag } = await coded(key, this.client.uploadPart(input, { abortSignal: signal }));
    return { ETag, PartNumber };
  }

  /** Makes an upload an object. Services that know it refuse a taken key; Ceph 16 does not look. */
  async completeUpload(
    key: string,
    UploadId: string,
    Parts: CompletedPart[],
    signal?: AbortSignal,
  ): Promise<void> {
    const input = { Bucket: this.name, Key: key, UploadId, MultipartUpload: { Parts }, IfNoneMatch: '*' };
    await coded(key, this.client.completeMultipartUpload(input, { abortSignal: signal }));
  }

  async abortUpload(key: string, UploadId: string): Promise<void> {
    try {
      await this.client.abortMultipartUpload({ Bucket: this.name, Key: key, UploadId });
    } catch (error) {
      if (errorNameOf(error) !== 'NoSuchUpload') throw archiveError(error, key);
    }
  }

  /** Uploads below a prefix that were begun and neither completed nor aborted. */
  async *uploads(prefix: string): AsyncIterable<{ readonly key: string; readonly upload_id: string }> {
    let KeyMarker: string | undefined;
    let UploadIdMarker: string | undefined;
    do {
      const page = await coded(
        prefix,
        this.client.listMultipartUploads({ Bucket: this.name, Prefix: prefix, KeyMarker, UploadIdMarker }),
      );
      for (const { Key, UploadId } of page.Uploads ?? []) yield { key: Key ?? '', upload_id: UploadId ?? '' };
      KeyMarker = page.IsTruncated ? page.NextKeyMarker : undefined;
      UploadIdMarker = page.NextUploadIdMarker;
    } while (KeyMarker !== undefined);
  }
}

async function coded<Output>(key: string, request: Promise<Output>): Promise<Output> {
  try {
    return await request;
  } catch (error) {
    throw archiveError(error, key);
  }
}
