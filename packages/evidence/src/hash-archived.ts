import { createHash } from 'node:crypto';
import { type ArchiveStore, CodedError } from '@minhchung/domain';

/**
 * Reads an object back from the archive and hashes it: after writing, at a download, in a scrub. Throws
 * `ARCHIVE_MISSING`, `ARCHIVE_BROKEN`, `CANCELLED`.
 */
export async function hashArchived(
  store: ArchiveStore,
  key: string,
  signal: AbortSignal,
): Promise<{ readonly size_bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let size_bytes = 0;
  for await (const chunk of store.read(key)) {
    if (signal.aborted) throw new CodedError('CANCELLED');
    hash.update(chunk);
    size_bytes += chunk.length;
  }
  return { size_bytes, sha256: hash.digest('hex') };
}
