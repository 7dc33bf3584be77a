import type { ClockOffsetEstimate } from './estimate.ts';
import { runsBetweenSteps } from './offset-at.ts';

/** How fast a clock ran away on average over a time, in parts per million: the truth lies in `[min, max]`. */
export interface DriftRate {
  readonly min_ppm: number;
  readonly max_ppm: number;
  /** True times of the two readings it is between. */
  readonly from_ms: number;
  readonly to_ms: number;
}

/** Below this the bounds of an offset, divided by the time between, say nothing. */
const APART_MIN_MS = 6 * 3_600_000;

/**
 * The average rate between the first and the last stretch since the clock was last set; null while those are too
 * near to one another. It is an average: a clock runs faster in the afternoon sun than at night, so it is shown
 * and never used to narrow a bound.
 */
export function driftRate(history: readonly ClockOffsetEstimate[]): DriftRate | null {
  const run = runsBetweenSteps(history).at(-1);
  const first = run?.[0];
  const last = run?.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  return rateBetween(first, last);
}

function rateBetween(first: ClockOffsetEstimate, last: ClockOffsetEstimate): DriftRate | null {
  const apart_ms = last.last_reading_ms - first.last_reading_ms;
  if (apart_ms < APART_MIN_MS) return null;
  const ppm = (moved_ms: number) => (moved_ms / apart_ms) * 1_000_000;
  return {
    min_ppm: ppm(last.min_ms - first.max_ms),
    max_ppm: ppm(last.max_ms - first.min_ms),
    from_ms: first.last_reading_ms,
    to_ms: last.last_reading_ms,
  };
}

/** Fewer small steps the same way may be corrections by hand. */
const STEPS_OF_DRIFT_MIN = 4;
/** A step that would need a faster clock than this is a step. */
const DRIFT_CONCEIVABLE_PPM = 2_000;

/**
 * The drift bound to reckon with for this clock: the configured one, or more where the history shows that the
 * clock is faster than that. A clock that runs away faster than was configured looks as if it were set a little,
 * again and again, always the same way; then the fastest rate that those steps need is taken, never a lower one.
 */
export function driftBound_ppm(history: readonly ClockOffsetEstimate[], configured_ppm: number): number {
  const steps = history.slice(1).flatMap((after, i) => {
    const before = history[i]!;
    if (after.began_as !== 'step') return [];
    const apart_ms = after.first_reading_ms - before.first_reading_ms;
    const ahead = after.min_ms > before.max_ms;
    const behind = after.max_ms < before.min_ms;
    if (apart_ms <= 0 || (!ahead && !behind)) return [];
    const needed_ms = ahead ? after.max_ms - before.min_ms : before.max_ms - after.min_ms;
    return [{ way: ahead ? 1 : -1, ppm: (needed_ms / apart_ms) * 1_000_000 }];
  });
  const newest = steps.slice(-STEPS_OF_DRIFT_MIN);
  const is_drift =
    newest.length === STEPS_OF_DRIFT_MIN &&
    newest.every(({ way, ppm }) => way === newest[0]!.way && ppm <= DRIFT_CONCEIVABLE_PPM);
  return is_drift ? Math.max(configured_ppm, ...newest.map(({ ppm }) => ppm)) : configured_ppm;
}
