import type { ClockReadingMethod } from '../clock-reading.ts';
import type { OffsetInterval } from './offset.ts';

/**
 * What a stretch of readings says about one clock. A history of a clock is a list of these, oldest first.
 *
 * A new stretch begins with a step of the clock, and also from time to time without one: drift makes an old
 * bound useless for new footage and a new bound useless for old footage, so both are kept.
 */
export interface ClockOffsetEstimate extends OffsetInterval {
  /** When the first reading of the stretch was sent. Identifies the stretch within its clock. */
  readonly epoch_from_ms: number;
  readonly began_as: EpochBeginning;
  /** True time of the answers to the first and to the last reading; the bounds hold at the last one. */
  readonly first_reading_ms: number;
  readonly last_reading_ms: number;
  readonly readings: number;
  /** How the offset was read; the method of the last reading that changed the bounds. */
  readonly method: ClockReadingMethod;
}

/**
 * `first`: nothing was known before. `step`: the clock was set since the stretch before. `continued`: the same
 * clock running on, in a new stretch because the old one had become long.
 */
export const EPOCH_BEGINNINGS = ['first', 'step', 'continued'] as const;
export type EpochBeginning = (typeof EPOCH_BEGINNINGS)[number];
