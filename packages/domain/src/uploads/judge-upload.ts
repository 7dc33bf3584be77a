import type { Span } from '../span.ts';
import type { DeclaredTime, UploadFinding } from '../vocabulary/uploads.ts';

/** Declared ends and lengths are read off a screen by hand; less than this apart says nothing. */
const LENGTH_TOLERANCE_MS = 60_000;
/** An export is made hours or days after the recording; a file made before its footage, or a year after, is odd. */
const CREATED_AFTER_MS_MAX = 366 * 86_400_000;
/** Clocks and zones: a creation time this much before the declared start contradicts nothing. */
const CREATED_BEFORE_MS = 14 * 3_600_000;

/** What was seen of a file that can be read. */
export interface SeenFootage {
  readonly duration_ms: number;
  readonly file_created_ms: number | null;
}

/**
 * Compares what a person declared with what the file shows. `wanted` is the approved span on the declared clock,
 * widened by everything that is not known of it. Reported, never believed over the person: an exporting program may
 * have stamped anything.
 */
export function judgeUpload(
  declared: DeclaredTime,
  seen: SeenFootage,
  wanted: Span | null,
): readonly UploadFinding[] {
  const findings: UploadFinding[] = [];
  const { start_ms, end_ms, resolution_ms } = declared;
  if (end_ms !== null) {
    const apart_ms = Math.abs(end_ms - start_ms - seen.duration_ms);
    if (apart_ms > Math.max(LENGTH_TOLERANCE_MS, 2 * resolution_ms)) findings.push('duration_differs');
  }
  const created_ms = seen.file_created_ms;
  if (
    created_ms !== null &&
    (created_ms < start_ms - CREATED_BEFORE_MS || isLongAfter(created_ms, declared))
  ) {
    findings.push('created_differs');
  }
  if (wanted === null) return findings;
  const until_ms = start_ms + seen.duration_ms + resolution_ms;
  if (until_ms <= wanted.start_ms || start_ms >= wanted.end_ms) findings.push('outside_span');
  else if (start_ms > wanted.start_ms || until_ms < wanted.end_ms) findings.push('covers_part');
  return findings;
}

function isLongAfter(created_ms: number, { start_ms }: DeclaredTime): boolean {
  return created_ms > start_ms + CREATED_AFTER_MS_MAX;
}
