import { createHash } from 'node:crypto';
import {
  type ArchiveStore,
  CodedError,
  type ExtractionResult,
  type ItemReason,
  type Span,
} from '@minhchung/domain';
import { MANIFEST_BYTES_MAX, MANIFEST_NAME, type Manifest, parseManifest } from '@minhchung/formats';
import { attemptKey } from './attempt.ts';

/** The result of an item whose package is in the archive. */
export function resultOfPackage(
  manifest: Manifest,
  attempt_prefix: string,
  manifest_sha256: string,
  size_bytes: number,
  left_out: ItemReason | null,
): ExtractionResult {
  return {
    outcome: manifest.outcome,
    attempt_prefix,
    manifest_sha256,
    size_bytes,
    found: manifest.found_spans.map((span) => trueMiddle(span.true_time)).filter((span) => span !== null),
    gaps: manifest.gaps.map(({ start_ms, end_ms }) => ({ start_ms, end_ms })),
    reason: left_out ?? reasonOfGaps(manifest),
  };
}

/** The result of a package that an earlier attempt archived and could not report any more. */
export async function takeOverPackage(
  archive: ArchiveStore,
  attempt_prefix: string,
): Promise<ExtractionResult> {
  const bytes = await readManifestBytes(archive, attempt_prefix);
  const manifest = parseManifest(bytes);
  let size_bytes = 0;
  for await (const object of archive.list(`${attempt_prefix}/`)) size_bytes += object.size_bytes;
  const manifest_sha256 = createHash('sha256').update(bytes).digest('hex');
  return resultOfPackage(manifest, attempt_prefix, manifest_sha256, size_bytes, null);
}

/** The bytes of an archived manifest. Throws `ARCHIVE_MISSING`, `ARCHIVE_BROKEN` for one beyond all measure. */
export async function readManifestBytes(archive: ArchiveStore, attempt_prefix: string): Promise<Uint8Array> {
  const key = attemptKey(attempt_prefix, MANIFEST_NAME);
  const chunks: Uint8Array[] = [];
  let size_bytes = 0;
  for await (const chunk of archive.read(key)) {
    size_bytes += chunk.length;
    if (size_bytes > MANIFEST_BYTES_MAX) throw new CodedError('ARCHIVE_BROKEN', { key, reason: 'too long' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Middle of what the offset allows. */
function trueMiddle(time: Manifest['found_spans'][number]['true_time']): Span | null {
  if (time === null) return null;
  return {
    start_ms: Math.round((time.start_min_ms + time.start_max_ms) / 2),
    end_ms: Math.round((time.end_min_ms + time.end_max_ms) / 2),
  };
}

function reasonOfGaps(manifest: Manifest): ItemReason | null {
  const [first] = manifest.gaps;
  return first === undefined ? null : { code: first.reason, text: first.text };
}
