import { intersectSpans, normaliseSpans, type Span } from '@minhchung/domain';

/** A file with its stated start and the length of its video. */
export interface MeasuredFile {
  readonly name: string;
  readonly path: string;
  /** Microseconds since 1970 by the device's clock. */
  readonly stated_start_us: number;
  readonly duration_us: number;
  /** What the file was when it was measured; null while it grows, and where that does not matter. */
  readonly as_measured?: FileIdentity | null;
}

/** Tells a file from another one under its name. */
export interface FileIdentity {
  readonly inode: string | null;
  readonly size_bytes: number | null;
  readonly modified_us: number | null;
}

/** A stretch of one file's video on the common timeline. */
export interface Stretch {
  readonly file: MeasuredFile;
  /** Device time of the file's first frame. */
  readonly start_us: number;
  /** What of the file counts: `[from_us, to_us)`. */
  readonly from_us: number;
  readonly to_us: number;
  /** True where it goes on without a break from the stretch before. */
  readonly continues: boolean;
}

/**
 * Lays files, in order of their stated start, on one timeline in which no instant is told twice.
 *
 * - *Within the resolution of the names* an overlap says nothing: a file named 12:00:00 begins somewhere in that
 *   second. It then begins where the one before ended, which its name allows, and no frame is dropped.
 * - *Within the tolerance* beyond that, clocks have merely jittered: every frame of both is kept under its own
 *   time, but the two are not joined.
 * - A *real overlap* means that the same instants were recorded twice (a restart, a pre-roll). From its start on
 *   the later file counts, because it begins with a keyframe there: dropping the head of the later file instead
 *   would lose everything up to its next keyframe. Where the later file ends inside the earlier one, the earlier
 *   one counts again from its next keyframe on.
 * - A *hole* no larger than resolution and tolerance together is none.
 */
export function layTimeline(
  files: readonly MeasuredFile[],
  resolution_us: number,
  tolerance_us: number,
): Stretch[] {
  const stretches: Stretch[] = [];
  for (const file of files) {
    const last = stretches.at(-1);
    const gap_us = last === undefined ? 0 : file.stated_start_us - last.to_us;
    const is_rounding = last !== undefined && gap_us < 0 && -gap_us <= resolution_us;
    const start_us = is_rounding ? last.to_us : file.stated_start_us;
    const to_us = start_us + file.duration_us;
    const continues =
      is_rounding || (last !== undefined && gap_us >= 0 && gap_us <= resolution_us + tolerance_us);
    const stretch = { file, start_us, from_us: start_us, to_us, continues };
    if (last === undefined || is_rounding || -gap_us <= tolerance_us) {
      stretches.push(stretch);
      continue;
    }
    stretches[stretches.length - 1] = { ...last, to_us: start_us };
    stretches.push(stretch);
    if (to_us < last.to_us) stretches.push({ ...last, from_us: to_us, continues: false });
  }
  return stretches.filter(({ from_us, to_us }) => from_us < to_us);
}

/** The spans the stretches hold within the asked one, whole milliseconds outward. */
export function heldSpans(stretches: readonly Stretch[], asked: Span): Span[] {
  const spans: { start_ms: number; end_ms: number }[] = [];
  for (const { from_us, to_us, continues } of stretches) {
    const end_ms = Math.ceil(to_us / 1000);
    const last = spans.at(-1);
    if (continues && last !== undefined) last.end_ms = Math.max(last.end_ms, end_ms);
    else spans.push({ start_ms: Math.floor(from_us / 1000), end_ms });
  }
  return normaliseSpans(spans.flatMap((span) => intersectSpans(span, asked) ?? []));
}
