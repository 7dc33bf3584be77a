import { createHash } from 'node:crypto';
import { type ArchiveStore, type Clip, CodedError } from '@minhchung/domain';
import {
  MANIFEST_NAME,
  parseSha256Sums,
  SHA256SUMS_BYTES_MAX,
  SHA256SUMS_NAME,
  SIGNATURE_BYTES,
  SIGNATURE_NAME,
} from '@minhchung/formats';
import { attemptKey } from '../attempt.ts';
import { readSmall } from '../read-small.ts';

/** A file of a package with the hash that was signed for it. */
export interface PackageFile {
  readonly name: string;
  readonly size_bytes: number;
  readonly sha256: string;
}

/**
 * The files of a clip's package, hashes as `SHA256SUMS` names them. What the database knows of the manifest's hash
 * must agree, else `FILE_CHANGED`: somebody changed one of the two.
 */
export async function packageFiles(archive: ArchiveStore, clip: Clip): Promise<PackageFile[]> {
  const sums_bytes = await readSmall(
    archive,
    attemptKey(clip.attempt_prefix, SHA256SUMS_NAME),
    SHA256SUMS_BYTES_MAX,
  );
  const signature = await readSmall(
    archive,
    attemptKey(clip.attempt_prefix, SIGNATURE_NAME),
    SIGNATURE_BYTES,
  );
  const listed = parseSha256Sums(sums_bytes);
  if (listed.find(({ name }) => name === MANIFEST_NAME)?.sha256 !== clip.manifest_sha256) {
    throw new CodedError('FILE_CHANGED', { file: SHA256SUMS_NAME });
  }
  const files: PackageFile[] = [];
  for (const { name, sha256 } of listed) {
    const found = await archive.stat(attemptKey(clip.attempt_prefix, name));
    if (found === null) throw new CodedError('ARCHIVE_MISSING', { key: name });
    files.push({ name, sha256, size_bytes: found.size_bytes });
  }
  return [...files, described(SHA256SUMS_NAME, sums_bytes), described(SIGNATURE_NAME, signature)];
}

function described(name: string, bytes: Uint8Array): PackageFile {
  return { name, size_bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
