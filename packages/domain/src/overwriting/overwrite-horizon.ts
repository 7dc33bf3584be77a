/**
 * When a recorder will overwrite something, from how its oldest footage moved.
 *
 * A full recorder overwrites its oldest footage at about the pace at which it records, so what lies between its
 * oldest instant and now (its depth) stays about the same. A recorder that is not full yet keeps its oldest
 * instant where it is: of that one nothing can be foretold. All times are true time.
 */
import { LIMITS } from '../limits.ts';

/** The oldest thing a recorder held when it was asked. */
export interface RetentionObservation {
  readonly retained_start_ms: number;
  readonly observed_at_ms: number;
}

/** How far back a recorder reaches, at least and at most as seen so far. */
export interface RetentionDepth {
  readonly min_ms: number;
  readonly max_ms: number;
}

/** A start that moves less than this has not moved: times are rounded, offsets are known to a bound. */
const START_MOVED_MIN_MS = 5_000;

/** The depth of a full recorder; null while it was never seen to overwrite anything. */
export function retentionDepth(observations: readonly RetentionObservation[]): RetentionDepth | null {
  const seen = [...observations].sort((a, b) => a.observed_at_ms - b.observed_at_ms);
  const depths: number[] = [];
  for (let i = 1; i < seen.length; i += 1) {
    const before = seen[i - 1]!;
    const after = seen[i]!;
    if (after.retained_start_ms - before.retained_start_ms < START_MOVED_MIN_MS) continue;
    // Somewhere between the two looks `after.retained_start` became the oldest: the depth lies between these.
    depths.push(
      after.observed_at_ms - after.retained_start_ms,
      before.observed_at_ms - before.retained_start_ms,
    );
  }
  return depths.length === 0 ? null : { min_ms: Math.min(...depths), max_ms: Math.max(...depths) };
}

/**
 * The earliest time at which the recorder is expected to overwrite an instant; null: unknown. For an instant that
 * is already gone, the time of the observation that showed it.
 */
export function overwriteAt_ms(
  observations: readonly RetentionObservation[],
  instant_ms: number,
): number | null {
  const gone = observations
    .filter((seen) => seen.retained_start_ms > instant_ms)
    .reduce<number | null>(
      (first, seen) => Math.min(first ?? seen.observed_at_ms, seen.observed_at_ms),
      null,
    );
  if (gone !== null) return gone;
  const depth = retentionDepth(observations);
  return depth === null ? null : instant_ms + depth.min_ms;
}

/** What the order of work depends on. */
export interface ItemUrgency {
  /** When the beginning of the approved span is expected to be overwritten; null: unknown. */
  readonly overwrite_at_ms: number | null;
  readonly wanted_start_ms: number;
  readonly is_urgent: boolean;
  readonly submitted_at_ms: number;
}

/**
 * The true time by which an item should be done; the earliest goes first. What is closest to being overwritten is
 * first of all; an unknown recorder is taken to reach back as far as most do; an urgent item is wanted soon, and
 * only footage that is lost even sooner goes before it.
 */
export function workDeadline_ms(item: ItemUrgency): number {
  const lost_at_ms = item.overwrite_at_ms ?? item.wanted_start_ms + LIMITS.retention_assumed_ms;
  return item.is_urgent ? Math.min(lost_at_ms, item.submitted_at_ms + LIMITS.urgent_target_ms) : lost_at_ms;
}
