import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type ArchiveStore, CodedError, type Upload } from '@minhchung/domain';
import { archivedNative } from '@minhchung/evidence';
import type { ManifestNative } from '@minhchung/formats';
import { archiveBytes } from '../archive-bytes.ts';
import { attemptKey } from '../attempt.ts';
import type { Withhold } from './withhold.ts';

/** Folder of a package in which files lie as they were handed in. */
const NATIVE_FOLDER = 'native';

/** Where a handed-in file lies within its package. */
export function nativePath(upload: Upload): string {
  return `${NATIVE_FOLDER}/${upload.native_name}`;
}

/**
 * Makes handed-in files available to media tools: in place where the archive is on this machine, else copied into the
 * item's work folder, which the extractor removes.
 */
export function nativeFiles(options: { readonly archive: ArchiveStore; readonly work_dir: string }) {
  return async (upload: Upload, signal: AbortSignal): Promise<string> => {
    const key = keyOf(upload);
    const in_place = options.archive.localPath(key);
    if (in_place !== null) return in_place;
    const folder = join(options.work_dir, upload.item_id, NATIVE_FOLDER);
    await mkdir(folder, { recursive: true });
    const copy = join(folder, upload.id);
    await pipeline(options.archive.read(key), createWriteStream(copy), { signal });
    return copy;
  };
}

/**
 * Puts the handed-in files into the attempt, hashing them on the way: into the package, or sealed beside it where they are withheld.
 * Throws `UPLOAD_CHANGED` when one is not what was received.
 */
export async function archiveNatives(
  uploads: readonly Upload[],
  context: {
    readonly archive: ArchiveStore;
    readonly attempt_prefix: string;
    /** Files that turned out not to be readable, by their name in the package. */
    readonly unreadable: ReadonlySet<string>;
    readonly withhold: Withhold;
    readonly signal: AbortSignal;
  },
): Promise<ManifestNative[]> {
  const natives: ManifestNative[] = [];
  for (const upload of uploads) {
    const name = nativePath(upload);
    const is_readable = !context.unreadable.has(name);
    const withheld = context.withhold(name, is_readable);
    const native = { ...describeNative(upload, name, is_readable), ...(withheld && { withheld }) };
    const sha256 = await copyInto(
      upload,
      attemptKey(context.attempt_prefix, archivedNative(native).name),
      context,
    );
    if (sha256 !== upload.sha256) throw new CodedError('UPLOAD_CHANGED', { upload: upload.id });
    natives.push(native);
  }
  return natives;
}

async function copyInto(
  upload: Upload,
  key: string,
  { archive, signal }: { readonly archive: ArchiveStore; readonly signal: AbortSignal },
): Promise<string> {
  return (await archiveBytes(archive, key, archive.read(keyOf(upload)), signal)).sha256;
}

function describeNative(upload: Upload, name: string, is_readable: boolean): ManifestNative {
  const { size_bytes, handed_in_by, way, file_name, declared, check } = upload;
  return {
    ...{ name, size_bytes, sha256: upload.sha256 ?? '', handed_in_by, way, file_name, is_readable },
    received_at_ms: upload.received_at_ms ?? upload.updated_at_ms,
    media_type: check?.media_type ?? 'unknown',
    declared,
    check: {
      duration_ms: is_readable ? (check?.duration_ms ?? null) : null,
      file_created_ms: check?.file_created_ms ?? null,
      findings: check?.findings ?? [],
    },
  };
}

function keyOf({ id, archive_key }: Upload): string {
  if (archive_key === null) throw new Error(`upload ${id} was given over and is not in the archive`);
  return archive_key;
}
