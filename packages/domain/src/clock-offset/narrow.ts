import type { ClockReading } from '../clock-reading.ts';
import { LIMITS } from '../limits.ts';
import type { ClockOffsetEstimate, EpochBeginning } from './estimate.ts';
import {
  driftOver_ms,
  flawOfReading,
  intersectOffsets,
  type OffsetInterval,
  offsetOfReading,
  widenOffset,
} from './offset.ts';

/** What is known about the host that reads the clocks, and about clocks in general. */
export interface NarrowingConditions {
  /** How fast a device's clock may run away, in parts per million. */
  readonly drift_ppm: number;
  /** How far this host's own clock may be from true time, in milliseconds. */
  readonly host_bound_ms: number;
  readonly host_synchronised: boolean;
  /** A stretch longer than this is continued in a new one. */
  readonly stretch_max_ms?: number;
}

/**
 * What became of an estimate.
 * `first`, `step` and `continued` begin a new stretch (a new row); `narrowed` and `confirmed` change the one given;
 * `unchanged` says why the reading was of no use.
 */
export type Narrowing =
  | {
      readonly kind: 'first' | 'step' | 'continued' | 'narrowed' | 'confirmed';
      readonly estimate: ClockOffsetEstimate;
    }
  | {
      readonly kind: 'unchanged';
      readonly estimate: ClockOffsetEstimate | null;
      readonly reason: 'host_not_synchronised' | 'reading_invalid' | 'reading_out_of_order';
    };

/**
 * Takes one more reading into account: widens what was known for drift since then, and intersects it with what
 * the reading allows. Contradiction means that the clock was set in between: a new stretch begins.
 */
export function narrow(
  estimate: ClockOffsetEstimate | null,
  reading: ClockReading,
  conditions: NarrowingConditions,
): Narrowing {
  if (!conditions.host_synchronised) return { kind: 'unchanged', estimate, reason: 'host_not_synchronised' };
  if (flawOfReading(reading) !== null) return { kind: 'unchanged', estimate, reason: 'reading_invalid' };
  const seen = widenOffset(offsetOfReading(reading), conditions.host_bound_ms);
  if (estimate === null) return { kind: 'first', estimate: stretchOf('first', seen, reading) };

  const elapsed_ms = reading.received_at_ms - estimate.last_reading_ms;
  if (elapsed_ms < 0) return { kind: 'unchanged', estimate, reason: 'reading_out_of_order' };
  const expected = widenOffset(estimate, driftOver_ms(elapsed_ms, conditions.drift_ppm));
  const both = intersectOffsets(expected, seen);
  if (both === null) return { kind: 'step', estimate: stretchOf('step', seen, reading) };

  const stretch_ms = reading.received_at_ms - estimate.first_reading_ms;
  if (stretch_ms > (conditions.stretch_max_ms ?? LIMITS.clock_stretch_max_ms)) {
    return { kind: 'continued', estimate: stretchOf('continued', both, reading) };
  }
  const is_narrower = both.min_ms > expected.min_ms || both.max_ms < expected.max_ms;
  return {
    kind: is_narrower ? 'narrowed' : 'confirmed',
    estimate: {
      ...estimate,
      ...both,
      last_reading_ms: Math.floor(reading.received_at_ms),
      readings: estimate.readings + 1,
      method: is_narrower ? reading.method : estimate.method,
    },
  };
}

/**
 * How long to wait, from `now_ms`, before sending a reading whose answer halves the interval: it arrives when a
 * device in the middle of the interval would flip to its next whole step, so either answer rules out one half.
 * Between 0 and `resolution_ms`; 0 when nothing is known yet.
 */
export function nextReadingDelay_ms(
  offset: OffsetInterval | null,
  now_ms: number,
  rtt_guess_ms: number,
  resolution_ms: number,
): number {
  if (offset === null) return 0;
  const device_at_arrival_ms = now_ms + rtt_guess_ms / 2 + (offset.min_ms + offset.max_ms) / 2;
  const into_step_ms = device_at_arrival_ms % resolution_ms;
  const to_flip_ms = into_step_ms <= 0 ? -into_step_ms : resolution_ms - into_step_ms;
  return Math.round(to_flip_ms) % resolution_ms;
}

function stretchOf(
  began_as: EpochBeginning,
  offset: OffsetInterval,
  reading: ClockReading,
): ClockOffsetEstimate {
  return {
    ...offset,
    epoch_from_ms: Math.floor(reading.sent_at_ms),
    began_as,
    first_reading_ms: Math.floor(reading.received_at_ms),
    last_reading_ms: Math.floor(reading.received_at_ms),
    readings: 1,
    method: reading.method,
  };
}
