import { createHash } from 'node:crypto';
import {
  type ArchiveStore,
  CodedError,
  type ExtractionAssignment,
  type ExtractionResult,
  type ItemReason,
  type Span,
  subtractSpans,
  uniteSpans,
} from '@minhchung/domain';
import { isSealed } from '@minhchung/evidence';
import { MANIFEST_BYTES_MAX, MANIFEST_NAME, type Manifest, parseManifest } from '@minhchung/formats';
import { attemptKey } from './attempt.ts';
import { readSmall } from './read-small.ts';

/** The result of an item whose package is in the archive. */
export function resultOfPackage(
  manifest: Manifest,
  attempt_prefix: string,
  manifest_sha256: string,
  size_bytes: number,
  left_out: ItemReason | null,
): ExtractionResult {
  const gaps = manifest.gaps.map(({ start_ms, end_ms }) => ({ start_ms, end_ms }));
  return {
    outcome: manifest.outcome,
    attempt_prefix,
    manifest_sha256,
    size_bytes,
    found: foundOf(manifest, gaps),
    gaps,
    reason: left_out ?? reasonOfGaps(manifest),
  };
}

/** The result of a package that an earlier attempt archived and could not report any more. */
export async function takeOverPackage(
  archive: ArchiveStore,
  attempt_prefix: string,
): Promise<ExtractionResult> {
  const bytes = await readSmall(archive, attemptKey(attempt_prefix, MANIFEST_NAME), MANIFEST_BYTES_MAX);
  const manifest = parseManifest(bytes);
  let size_bytes = 0;
  for await (const object of archive.list(`${attempt_prefix}/`)) {
    if (!isSealed(object.key.slice(attempt_prefix.length + 1))) size_bytes += object.size_bytes;
  }
  const manifest_sha256 = createHash('sha256').update(bytes).digest('hex');
  return resultOfPackage(manifest, attempt_prefix, manifest_sha256, size_bytes, null);
}

/**
 * The result of an item that was brought in as a package: that very package, as it was when it was brought in, or
 * nothing. Throws `PACKAGE_CHANGED`, and `APPROVED_PART_OF_PACKAGE` where less than all of it was approved.
 */
export async function takeOverImported(
  archive: ArchiveStore,
  attempt_prefix: string | null,
  { lease, imported, approved, request }: ExtractionAssignment,
): Promise<ExtractionResult> {
  const { wanted } = request;
  if (approved.start_ms !== wanted.start_ms || approved.end_ms !== wanted.end_ms)
    throw new CodedError('APPROVED_PART_OF_PACKAGE');
  const changed = new CodedError('PACKAGE_CHANGED', { item: lease.item_id });
  if (attempt_prefix === null) throw changed;
  const result = await takeOverPackage(archive, attempt_prefix);
  const is_same = 'manifest_sha256' in result && result.manifest_sha256 === imported?.manifest_sha256;
  if (!is_same) throw changed;
  return result;
}

/** What was found, true time, each end in the middle of what the offset allows; never what is called a gap. */
function foundOf(manifest: Manifest, gaps: readonly Span[]): Span[] {
  const found = manifest.found_spans.flatMap(({ true_time: time }) => {
    if (time === null) return [];
    const start_ms = Math.round((time.start_min_ms + time.start_max_ms) / 2);
    return [{ start_ms, end_ms: Math.round((time.end_min_ms + time.end_max_ms) / 2) }];
  });
  return subtractSpans(uniteSpans(found), gaps);
}

function reasonOfGaps(manifest: Manifest): ItemReason | null {
  const [first] = manifest.gaps;
  return first === undefined ? null : { code: first.reason, text: first.text };
}
