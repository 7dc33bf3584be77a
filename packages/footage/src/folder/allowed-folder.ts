import { realpath } from 'node:fs/promises';
import { CodedError } from '@minhchung/domain';

/**
 * Looks, each time before anything of a folder is read, where it really lies: the list of allowed folders may have
 * been shortened since it was registered, and a symbolic link on the way may lead elsewhere. Throws
 * `FOLDER_NOT_ALLOWED`, `SOURCE_UNREACHABLE` where there is no such folder.
 */
export async function checkAllowedFolder(
  folder: string,
  roots: readonly string[],
  label: string,
): Promise<void> {
  const real = await realpath(folder).catch((error: NodeJS.ErrnoException) => {
    throw new CodedError('SOURCE_UNREACHABLE', { address: label, reason: error.code ?? 'unknown' });
  });
  for (const root of roots) {
    // A root that is not there allows nothing; the others may.
    const real_root = await realpath(root).catch(() => null);
    if (real_root !== null && (real === real_root || real.startsWith(`${real_root}/`))) return;
  }
  throw new CodedError('FOLDER_NOT_ALLOWED', { recorder: label });
}
