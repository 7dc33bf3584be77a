import { createHash, randomUUID } from 'node:crypto';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type ArchiveStore, CodedError } from '@minhchung/domain';
import {
  FormatError,
  isPackageFileName,
  MANIFEST_NAME,
  parseSha256Sums,
  SHA256SUMS_BYTES_MAX,
  SHA256SUMS_NAME,
  SIGNATURE_NAME,
} from '@minhchung/formats';
import { isSealed } from './archived-native.ts';

/**
 * Copies an archived package into a new folder, hashing every file on the way and comparing it with
 * `SHA256SUMS`. The folder appears under its name when it is complete. Throws `ARCHIVE_MISSING` for an attempt
 * without a manifest, `EXPORT_EXISTS`, `PACKAGE_DAMAGED`, `CANCELLED`.
 */
export async function copyPackageToFolder(
  store: ArchiveStore,
  attempt_prefix: string,
  folder: string,
  signal: AbortSignal,
): Promise<{ readonly files: readonly string[]; readonly size_bytes: number }> {
  const out = resolve(folder);
  const partial = `${out}.partial-${randomUUID()}`;
  const manifest_key = `${attempt_prefix}/${MANIFEST_NAME}`;
  if ((await store.stat(manifest_key)) === null)
    throw new CodedError('ARCHIVE_MISSING', { key: manifest_key });
  if (await exists(out)) throw new CodedError('EXPORT_EXISTS', { path: out });
  await mkdir(partial, { recursive: true });
  try {
    const copied = await copyFiles(store, attempt_prefix, partial, signal);
    // Should the name have been taken meanwhile, this fails unless it is an empty folder: nothing is overwritten.
    await rename(partial, out);
    return copied;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function copyFiles(store: ArchiveStore, attempt_prefix: string, partial: string, signal: AbortSignal) {
  const expected = await readHashes(store, attempt_prefix);
  const files: string[] = [];
  let size_bytes = 0;
  for await (const { key } of store.list(attempt_prefix)) {
    const name = key.slice(attempt_prefix.length + 1);
    if (isSealed(name)) continue;
    if (!isPackageFileName(name)) throw damaged(key, 'its name is not allowed in a package');
    const copied = await copyFile(store.read(key), join(partial, name), signal);
    const sha256 = expected.get(name);
    const is_index = name === SHA256SUMS_NAME || name === SIGNATURE_NAME;
    if (!is_index && sha256 !== copied.sha256) throw damaged(key, 'its hash is not the one in SHA256SUMS');
    expected.delete(name);
    files.push(name);
    size_bytes += copied.size_bytes;
  }
  for (const name of expected.keys()) throw damaged(`${attempt_prefix}/${name}`, 'the file is missing');
  return { files, size_bytes };
}

async function readHashes(store: ArchiveStore, attempt_prefix: string): Promise<Map<string, string>> {
  const key = `${attempt_prefix}/${SHA256SUMS_NAME}`;
  const size_bytes = (await store.stat(key))?.size_bytes ?? 0;
  if (size_bytes > SHA256SUMS_BYTES_MAX) throw damaged(key, 'it is too long');
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.read(key)) chunks.push(chunk);
  try {
    return new Map(parseSha256Sums(Buffer.concat(chunks)).map((file) => [file.name, file.sha256]));
  } catch (error) {
    throw damaged(key, error instanceof FormatError ? error.message : 'it cannot be read', error);
  }
}

async function copyFile(source: AsyncIterable<Uint8Array>, path: string, signal: AbortSignal) {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx');
  const hash = createHash('sha256');
  let size_bytes = 0;
  try {
    for await (const chunk of source) {
      if (signal.aborted) throw new CodedError('CANCELLED');
      const written = file.writeFile(chunk);
      hash.update(chunk);
      await written;
      size_bytes += chunk.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), size_bytes };
}

function damaged(key: string, reason: string, cause?: unknown): CodedError {
  return new CodedError('PACKAGE_DAMAGED', { key, reason }, { cause });
}
