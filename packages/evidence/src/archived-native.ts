import { basename } from 'node:path/posix';
import type { ManifestFile, ManifestNative } from '@minhchung/formats';

/** Folder of an attempt for what is kept and not delivered: no part of the package, and nothing that a download gives out. */
const SEALED_FOLDER = 'sealed';

/** A handed-in file as it lies in the archive: at its place in the package, or sealed beside it. */
export function archivedNative({ name, size_bytes, sha256, withheld }: ManifestNative): ManifestFile {
  return { name: withheld === undefined ? name : `${SEALED_FOLDER}/${basename(name)}`, size_bytes, sha256 };
}

/** True for what lies in an attempt of the archive (`name` below the attempt) and in no package. */
export function isSealed(name: string): boolean {
  return name.startsWith(`${SEALED_FOLDER}/`);
}
