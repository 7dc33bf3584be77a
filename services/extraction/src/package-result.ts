import { createHash } from 'node:crypto';
import {
  type ArchiveStore,
  type ExtractionResult,
  type ItemReason,
  type Span,
  subtractSpans,
  uniteSpans,
} from '@minhchung/domain';
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
  for await (const object of archive.list(`${attempt_prefix}/`)) size_bytes += object.size_bytes;
  const manifest_sha256 = createHash('sha256').update(bytes).digest('hex');
  return resultOfPackage(manifest, attempt_prefix, manifest_sha256, size_bytes, null);
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
