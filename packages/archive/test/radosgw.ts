import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { S3 } from '@aws-sdk/client-s3';
import type { S3ArchiveOptions } from '../src/s3/options.ts';

const SCRIPT = fileURLToPath(new URL('../../../scripts/services/radosgw', import.meta.url));
const REGION = 'default';

/** A running Ceph object store of our own. */
export interface Radosgw {
  /** Makes a bucket and says how to open an archive in it. */
  newBucket(name: string, options?: { object_lock: boolean }): Promise<S3ArchiveOptions>;
  /** Puts tiny objects past the archive, 20 at a time. */
  fill(bucket: string, keys: readonly string[]): Promise<void>;
  /** Keys of multipart uploads that were begun and not ended. */
  uploads(bucket: string): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts a store (about 11 s). Fails with a sentence naming the packages when Ceph is not installed. */
export async function startRadosgw(): Promise<Radosgw> {
  const service = spawn(SCRIPT, { stdio: ['pipe', 'pipe', 'pipe'] });
  const complaint = text(service.stderr);
  const ended = once(service, 'close');
  const started = once(createInterface(service.stdout), 'line') as Promise<[string]>;
  const first = await Promise.race([started, ended.then(() => null)]);
  if (first === null) throw new Error(`radosgw did not start. ${await complaint}`);
  const { endpoint, access_key, secret_key } = JSON.parse(first[0]);
  const client = new S3({
    endpoint,
    region: REGION,
    forcePathStyle: true,
    credentials: { accessKeyId: access_key, secretAccessKey: secret_key },
  });
  return {
    async newBucket(bucket, { object_lock } = { object_lock: false }) {
      await client.createBucket({ Bucket: bucket, ObjectLockEnabledForBucket: object_lock });
      return { endpoint, region: REGION, bucket, access_key_id: access_key, secret_access_key: secret_key };
    },
    async fill(bucket, keys) {
      for (let start = 0; start < keys.length; start += 20) {
        const some = keys.slice(start, start + 20);
        await Promise.all(some.map((Key) => client.putObject({ Bucket: bucket, Key, Body: 'x' })));
      }
    },
    async uploads(bucket) {
      const { Uploads } = await client.listMultipartUploads({ Bucket: bucket });
      return (Uploads ?? []).map((upload) => upload.Key ?? '');
    },
    async stop() {
      client.destroy();
      service.stdin.end();
      await ended;
    },
  };
}
