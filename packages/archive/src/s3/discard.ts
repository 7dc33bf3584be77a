import { CodedError, isCoded } from '@minhchung/domain';
import { manifestKey } from '../keys.ts';
import type { Bucket } from './bucket.ts';
import { tombstoneKey } from './tombstone.ts';

/**
 * Removes an attempt that has no manifest, or of a called-off item one that has, and returns the keys removed. As in
 * a local folder: first the tombstone, then a look for the manifest, so that a worker without a lease and this
 * function cannot miss one another.
 */
export async function discardS3Attempt(
  bucket: Bucket,
  attempt: string,
  archived_too: boolean,
): Promise<string[]> {
  const removed: string[] = [];
  if (!archived_too) await assertNotArchived(bucket, attempt);
  await putTombstone(bucket, attempt);
  if (archived_too && (await bucket.size(manifestKey(attempt))) !== null) {
    await bucket.remove(manifestKey(attempt));
    removed.push(manifestKey(attempt));
  }
  try {
    await assertNotArchived(bucket, attempt);
  } catch (error) {
    await bucket.remove(tombstoneKey(attempt));
    throw error;
  }
  for await (const { key, upload_id } of bucket.uploads(`${attempt}/`))
    await bucket.abortUpload(key, upload_id);
  for await (const { key } of bucket.list(`${attempt}/`)) {
    await bucket.remove(key);
    removed.push(key);
  }
  return removed;
}

async function assertNotArchived(bucket: Bucket, attempt: string): Promise<void> {
  if ((await bucket.size(manifestKey(attempt))) === null) return;
  throw new CodedError('ARCHIVE_COMMITTED', { key: attempt });
}

/** One that is there from an earlier, broken-off discard is as good. */
async function putTombstone(bucket: Bucket, attempt: string): Promise<void> {
  try {
    await bucket.putNew(tombstoneKey(attempt), new Uint8Array());
  } catch (error) {
    if (!isCoded(error, 'ARCHIVE_EXISTS')) throw error;
  }
}
