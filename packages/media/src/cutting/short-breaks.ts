import type { Span } from '@minhchung/domain';

/** A break is longer than this many times the usual spacing of frames … */
const USUAL_SPACINGS = 3;
/** … and than this: a camera that hesitates for a moment loses nothing that anybody could see. */
const SHORT_BREAK_MIN_US = 200_000;

/** Breaks between frames too short to be holes, microseconds; only what of them lies in the wanted span counts. */
export interface ShortBreaksUs {
  readonly count: number;
  readonly total_us: number;
  readonly longest_us: number;
}

/** What one master adds to the short breaks of a cut. */
export interface MasterBreaks {
  readonly first_frame_device_time_us: number;
  readonly last_frame_device_time_us: number;
  readonly frames: { readonly usual_us_max: number; readonly short_breaks: ShortBreaksUs };
}

const NONE: ShortBreaksUs = { count: 0, total_us: 0, longest_us: 0 };

/** The longest spacing (microseconds) of sorted frames that is no break: three times their median, at least 200 ms. */
export function usualSpacingMax_us(sorted_us: Float64Array): number {
  if (sorted_us.length < 2) return SHORT_BREAK_MIN_US;
  const spacings_us = new Float64Array(sorted_us.length - 1);
  for (let index = 0; index < spacings_us.length; index++) {
    spacings_us[index] = sorted_us[index + 1]! - sorted_us[index]!;
  }
  spacings_us.sort();
  return Math.max(SHORT_BREAK_MIN_US, USUAL_SPACINGS * spacings_us[spacings_us.length >>> 1]!);
}

/** Breaks between the sorted frames of one master, longer than usual and not longer than the shortest hole. */
export function shortBreaksWithin(
  sorted_us: Float64Array,
  usual_us_max: number,
  device_span: Span,
  gap_min_ms: number,
): ShortBreaksUs {
  let sum = NONE;
  for (let index = 1; index < sorted_us.length; index++) {
    const from_us = sorted_us[index - 1]!;
    const to_us = sorted_us[index]!;
    if (to_us - from_us <= usual_us_max) continue;
    sum = add(sum, breakBetween(from_us, to_us, usual_us_max, device_span, gap_min_ms));
  }
  return sum;
}

/**
 * The short breaks of all masters of one cut, in their order, milliseconds. Between two masters it is the time from
 * the last frame of the one to the first of the next, against the longer of their usual spacings.
 */
export function shortBreaksOfCut(masters: readonly MasterBreaks[], device_span: Span, gap_min_ms: number) {
  let sum = NONE;
  let before: MasterBreaks | undefined;
  for (const master of masters) {
    sum = add(sum, master.frames.short_breaks);
    if (before !== undefined) {
      const usual_us_max = Math.max(before.frames.usual_us_max, master.frames.usual_us_max);
      const { last_frame_device_time_us: from_us } = before;
      const { first_frame_device_time_us: to_us } = master;
      sum = add(sum, breakBetween(from_us, to_us, usual_us_max, device_span, gap_min_ms));
    }
    before = master;
  }
  const { count, total_us, longest_us } = sum;
  return { count, total_ms: Math.round(total_us / 1000), longest_ms: Math.round(longest_us / 1000) };
}

function breakBetween(
  from_us: number,
  to_us: number,
  usual_us_max: number,
  { start_ms, end_ms }: Span,
  gap_min_ms: number,
): ShortBreaksUs {
  const length_us = to_us - from_us;
  if (length_us <= usual_us_max || length_us > gap_min_ms * 1000) return NONE;
  const inside_us = Math.min(to_us, end_ms * 1000) - Math.max(from_us, start_ms * 1000);
  return inside_us > 0 ? { count: 1, total_us: inside_us, longest_us: inside_us } : NONE;
}

function add(a: ShortBreaksUs, b: ShortBreaksUs): ShortBreaksUs {
  if (b.count === 0) return a;
  return {
    count: a.count + b.count,
    total_us: a.total_us + b.total_us,
    longest_us: Math.max(a.longest_us, b.longest_us),
  };
}
