import type { Span } from '@minhchung/domain';
import type { HeldUnit } from './recorder.ts';

/** What the simulator knows of a case: nothing in it comes from the product. */
export interface Truth {
  /** What was asked for, true time. */
  readonly wanted: Span;
  /** What the recorder holds and how it stamped it, in decode order. */
  readonly held: readonly HeldUnit[];
  /** NAL units of a held unit as they stand in the source, in order. */
  readonly nalUnitsOf: (unit: HeldUnit) => readonly Buffer[];
  /** At this instant the clock was set; null: it ran on. */
  readonly set_at_ms: number | null;
  /** Where gaps may be stated although frames are there, because nobody can know which clock held: true time. */
  readonly doubtful: readonly Span[];
  /** The most that a stated bound may be, half the width. */
  readonly bound_ms_max: number;
}

/** The figures of page 07, of one case or of many. */
export interface Figures {
  readonly frames_checked: number;
  readonly truth_outside_bounds: number;
  readonly device_frame_error_ms_max: number;
  readonly frames_missing: number;
  readonly frames_doubled: number;
  readonly bound_ms_max: number;
}

export const NO_FIGURES: Figures = {
  frames_checked: 0,
  truth_outside_bounds: 0,
  device_frame_error_ms_max: 0,
  frames_missing: 0,
  frames_doubled: 0,
  bound_ms_max: 0,
};

/** Adds up counts and keeps the largest of what is a maximum. */
export function joinFigures(a: Figures, b: Figures): Figures {
  return {
    frames_checked: a.frames_checked + b.frames_checked,
    truth_outside_bounds: a.truth_outside_bounds + b.truth_outside_bounds,
    device_frame_error_ms_max: Math.max(a.device_frame_error_ms_max, b.device_frame_error_ms_max),
    frames_missing: a.frames_missing + b.frames_missing,
    frames_doubled: a.frames_doubled + b.frames_doubled,
    bound_ms_max: Math.max(a.bound_ms_max, b.bound_ms_max),
  };
}

/** One kind of check: what it found wrong, in words, and its part of the figures. */
export interface Checked {
  readonly wrong: readonly string[];
  readonly figures?: Partial<Figures>;
}
