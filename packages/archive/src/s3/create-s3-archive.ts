import type { ArchiveStore } from '@minhchung/domain';
import type { S3ArchiveOptions } from './options.ts';

/**
 * Opens an archive in a bucket of an S3 service, after trying what it enforces. Throws `ARCHIVE_UNFIT` when the
 * bucket is missing, closed to us, or cannot be written.
 *
 * The client is loaded here and not before: it takes a third of a second, which whoever archives in a local
 * folder should not wait for.
 */
export async function createS3Archive(options: S3ArchiveOptions): Promise<ArchiveStore> {
  const { openBucketArchive } = await import('./s3-archive.ts');
  return openBucketArchive(options);
}
