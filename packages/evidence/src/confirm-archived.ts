import { type ArchiveStore, isCoded } from '@minhchung/domain';
import type { ManifestFile } from '@minhchung/formats';
import { inconsistent } from './inconsistent.ts';

/**
 * Reads every file back from the archive and compares size and hash with what was noted while it was written,
 * and makes sure that nothing else lies beside them. Throws `PACKAGE_INCONSISTENT`, `CANCELLED`, and what the
 * archive throws.
 */
export async function confirmArchived(
  store: ArchiveStore,
  attempt_prefix: string,
  files: readonly ManifestFile[],
  signal: AbortSignal,
): Promise<void> {
  const expected = new Set(files.map((file) => `${attempt_prefix}/${file.name}`));
  for await (const { key } of store.list(attempt_prefix)) {
    if (!expected.has(key)) throw inconsistent(key, 'the file is in the archive but not in the manifest');
  }
  for (const file of files) await confirmFile(store, `${attempt_prefix}/${file.name}`, file, signal);
}

async function confirmFile(store: ArchiveStore, key: string, file: ManifestFile, signal: AbortSignal) {
  const archived = await store.hash(key, { signal }).catch((error: unknown) => {
    if (!isCoded(error, 'ARCHIVE_MISSING')) throw error;
    throw inconsistent(key, 'the file is not in the archive', error);
  });
  if (archived.size_bytes !== file.size_bytes) {
    throw inconsistent(key, `${archived.size_bytes} bytes instead of ${file.size_bytes}`);
  }
  if (archived.sha256 !== file.sha256) throw inconsistent(key, 'its hash is not the one noted');
}
