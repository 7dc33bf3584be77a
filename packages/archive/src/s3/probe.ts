import { randomUUID } from 'node:crypto';
import { CodedError, isCoded } from '@minhchung/domain';
import { S3_LOCK_PROBE_MS } from '../limits.ts';
import type { Bucket } from './bucket.ts';
import { errorNameOf } from './errors.ts';

/** What the service was seen to enforce. */
export interface S3Capabilities {
  readonly conditional_write: boolean;
  readonly object_lock: boolean;
}

/**
 * Tries what the service does, not what it says: a second write of one key, and the deletion of a locked version.
 * Throws `ARCHIVE_UNFIT` when the bucket cannot be written at all.
 */
export async function probeBucket(bucket: Bucket): Promise<S3Capabilities> {
  const key = `.probe/${randomUUID()}`;
  try {
    await bucket.putNew(key, Buffer.from('probe'));
    const conditional_write = await isSecondWriteRefused(bucket, key);
    await bucket.remove(key);
    return { conditional_write, object_lock: await isLockEnforced(bucket) };
  } catch (error) {
    const reason = isCoded(error) ? String(error.details.reason ?? error.code) : String(errorNameOf(error));
    throw new CodedError('ARCHIVE_UNFIT', { place: bucket.name, reason }, { cause: error });
  }
}

async function isSecondWriteRefused(bucket: Bucket, key: string): Promise<boolean> {
  try {
    await bucket.putNew(key, Buffer.from('again'));
    return false;
  } catch (error) {
    if (isCoded(error, 'ARCHIVE_EXISTS')) return true;
    throw error;
  }
}

/** Locks a small object for some seconds and tries to delete it. Where no lock is set up nothing is written. */
async function isLockEnforced(bucket: Bucket): Promise<boolean> {
  const Bucket = bucket.name;
  const Key = `.probe/${randomUUID()}`;
  try {
    const answer = await bucket.client.getObjectLockConfiguration({ Bucket });
    if (answer.ObjectLockConfiguration?.ObjectLockEnabled !== 'Enabled') return false;
    const ObjectLockRetainUntilDate = new Date(Date.now() + S3_LOCK_PROBE_MS);
    const { VersionId } = await bucket.client.putObject({
      Bucket,
      Key,
      Body: 'probe',
      ObjectLockMode: 'COMPLIANCE',
      ObjectLockRetainUntilDate,
      ChecksumAlgorithm: 'SHA256',
    });
    if (VersionId === undefined) return false;
    return await isDeletionRefused(bucket, Key, VersionId);
  } catch {
    // Whatever the service answers instead of a lock: it is not claimed.
    return false;
  }
}

async function isDeletionRefused(bucket: Bucket, Key: string, VersionId: string): Promise<boolean> {
  try {
    await bucket.client.deleteObject({ Bucket: bucket.name, Key, VersionId });
    return false;
  } catch (error) {
    return errorNameOf(error) === 'AccessDenied';
  }
}
