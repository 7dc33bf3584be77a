import { createLocalArchive, createS3Archive } from '@minhchung/archive';
import type { ArchiveStore } from '@minhchung/domain';
import { readSecretFile, type Settings } from '@minhchung/settings';

/** Opens the archive of the settings, after trying what it enforces. Throws `ARCHIVE_UNFIT`. */
export async function openConfiguredArchive(settings: Settings): Promise<ArchiveStore> {
  const { kind, root, s3 } = settings.archive;
  if (kind === 'local') return createLocalArchive({ root });
  // With `s3` the settings were refused unless all of these are there.
  return createS3Archive({
    endpoint: s3.endpoint ?? '',
    region: s3.region,
    bucket: s3.bucket ?? '',
    access_key_id: readSecretFile('archive.s3.access_key_id_file', s3.access_key_id_file ?? ''),
    secret_access_key: readSecretFile('archive.s3.secret_access_key_file', s3.secret_access_key_file ?? ''),
  });
}
