/** A package whose signature and hashes are right and whose manifest lies: signed by the operator himself. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signer } from '@minhchung/domain';
import {
  encodeCanonicalJson,
  encodeSha256Sums,
  type Json,
  type Manifest,
  parseSha256Sums,
} from '@minhchung/formats';

/** A manifest as a forger may write it. */
export type Writable<T> = { -readonly [K in keyof T]: Writable<T[K]> };

/** Changes the manifest in the folder and signs everything anew. */
export async function forge(
  folder: string,
  signer: Signer,
  change: (manifest: Writable<Manifest>) => void,
): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  change(manifest);
  await replace(folder, signer, 'manifest.json', encodeCanonicalJson(manifest as Json));
}

/** Replaces a file and signs the list of hashes anew. */
export async function replace(
  folder: string,
  signer: Signer,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const listed = parseSha256Sums(readFileSync(join(folder, 'SHA256SUMS')));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const sums = encodeSha256Sums(listed.map((file) => (file.name === name ? { name, sha256 } : file)));
  writeFileSync(join(folder, name), bytes);
  writeFileSync(join(folder, 'SHA256SUMS'), sums);
  writeFileSync(join(folder, 'SHA256SUMS.sig'), await signer.sign(sums));
}
