import type { ArchiveStore, Signer } from '@minhchung/domain';
import {
  encodeManifest,
  encodePublicKeyPem,
  encodeSha256Sums,
  type FileHash,
  FormatError,
  INSTRUCTIONS_NAME,
  MANIFEST_NAME,
  type Manifest,
  type ManifestFile,
  PUBLIC_KEY_NAME,
  SHA256SUMS_NAME,
  SIGNATURE_NAME,
} from '@minhchung/formats';
import { archivedNative } from './archived-native.ts';
import { buildManifest } from './build-manifest.ts';
import { confirmArchived } from './confirm-archived.ts';
import { inconsistent } from './inconsistent.ts';
import { verifyInstructions } from './instructions.ts';
import type { ManifestInput } from './manifest-input.ts';
import { sha256Hex } from './sha256.ts';

export interface WritePackageOptions {
  readonly store: ArchiveStore;
  /** `item/attempt`, where masters and derivatives have been committed already. */
  readonly attempt_prefix: string;
  readonly manifest: ManifestInput;
  readonly signer: Signer;
  readonly signal: AbortSignal;
  /** Awaited right before the manifest is written: the last moment to find that the lease is lost. */
  readonly beforeCommit?: () => Promise<void>;
}

/** A package that is in the archive. */
export interface WrittenPackage {
  readonly manifest: Manifest;
  readonly manifest_sha256: string;
  /** Hash of `SHA256SUMS`: names the whole package. */
  readonly sha256sums_sha256: string;
  /** Bytes of all files together. */
  readonly size_bytes: number;
}

interface NewFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Completes a package in steps, each of which may be the last before a crash:
 *
 * 1. read back what was archived and compare it with the hashes noted;
 * 2. write `VERIFY.md` and `public-key.pem`;
 * 3. write `SHA256SUMS`, which holds the hash of the manifest to come, and its signature;
 * 4. write `manifest.json`: from then on, and not before, the item is archived.
 *
 * A crash in between leaves an attempt without a manifest, which `discardAttempt` removes. Throws
 * `PACKAGE_INCONSISTENT`, `CANCELLED`, and what archive and signer throw.
 */
export async function writePackage(options: WritePackageOptions): Promise<WrittenPackage> {
  const { store, attempt_prefix, signer, signal } = options;
  const documents = documentsOf(options.manifest.package_id, signer);
  const manifest = buildManifest(options.manifest, {
    documents: documents.map(describe),
    key_id: signer.key_id,
  });
  const natives = manifest.natives ?? [];
  const packaged: ManifestFile[] = [
    ...manifest.masters,
    ...(manifest.audio_files ?? []),
    ...(manifest.metadata_files ?? []),
    ...natives.filter(({ withheld }) => withheld === undefined),
    ...manifest.derivatives,
  ];
  const sealed = natives.filter(({ withheld }) => withheld !== undefined).map(archivedNative);
  const { manifest_file, sums } = encodeIndex(attempt_prefix, manifest, packaged);

  await confirmArchived(store, attempt_prefix, [...packaged, ...sealed], signal);
  const signature = { name: SIGNATURE_NAME, bytes: await signer.sign(sums.bytes) };
  // Each waits for the disk: together they wait once. Nothing of it is seen before the manifest is there.
  await putAll(store, attempt_prefix, [...documents, sums, signature], signal);
  await options.beforeCommit?.();
  await put(store, attempt_prefix, manifest_file, signal);

  const written = [...documents, sums, signature, manifest_file];
  return {
    manifest,
    manifest_sha256: sha256Hex(manifest_file.bytes),
    sha256sums_sha256: sha256Hex(sums.bytes),
    size_bytes: sum(packaged.map((file) => file.size_bytes)) + sum(written.map((file) => file.bytes.length)),
  };
}

function documentsOf(package_id: string, signer: Signer): NewFile[] {
  const instructions = verifyInstructions({ package_id, key_id: signer.key_id });
  return [
    { name: INSTRUCTIONS_NAME, bytes: Buffer.from(instructions) },
    { name: PUBLIC_KEY_NAME, bytes: Buffer.from(encodePublicKeyPem(signer.public_key)) },
  ];
}

/** The manifest and `SHA256SUMS`, before either is written: what has no accepted form must not be signed. */
function encodeIndex(attempt_prefix: string, manifest: Manifest, packaged: readonly ManifestFile[]) {
  try {
    const manifest_file: NewFile = { name: MANIFEST_NAME, bytes: encodeManifest(manifest) };
    const listed: FileHash[] = [...packaged, ...manifest.documents, describe(manifest_file)];
    return { manifest_file, sums: { name: SHA256SUMS_NAME, bytes: encodeSha256Sums(listed) } };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw inconsistent(attempt_prefix, error.message, error);
  }
}

function describe(file: NewFile): ManifestFile {
  return { name: file.name, size_bytes: file.bytes.length, sha256: sha256Hex(file.bytes) };
}

/** Every file is written or has failed when this returns or throws, so that an attempt can be discarded after it. */
async function putAll(
  store: ArchiveStore,
  attempt_prefix: string,
  files: readonly NewFile[],
  signal: AbortSignal,
): Promise<void> {
  const ended = await Promise.allSettled(files.map((file) => put(store, attempt_prefix, file, signal)));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function put(store: ArchiveStore, attempt_prefix: string, file: NewFile, signal: AbortSignal) {
  const key = `${attempt_prefix}/${file.name}`;
  const writer = await store.create(key, { signal });
  try {
    await writer.write(file.bytes);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  const { sha256 } = await writer.commit();
  if (sha256 !== sha256Hex(file.bytes)) throw inconsistent(key, 'the archive took other bytes');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
