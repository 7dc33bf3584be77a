import type { Span } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { type ShortBreaksUs, shortBreaksWithin, usualSpacingMax_us } from './short-breaks.ts';

/** What the frames of one master say, in presentation order. */
export interface FrameFacts {
  /** How many frames lie before, inside and after the wanted span. */
  readonly frames_before: number;
  readonly frames_inside: number;
  readonly frames_after: number;
  /** Device times of the first and last frame inside; null when there is none. */
  readonly first_inside_device_time_us: number | null;
  readonly last_inside_device_time_us: number | null;
  /** Device times of frames spread evenly over those inside, the first and the last among them: for stills. */
  readonly stills_device_time_us: readonly number[];
  /** From a frame to the end of the last one before a break, device time rounded to milliseconds. */
  readonly found_spans: readonly Span[];
  /** Longest spacing of frames that is no break. */
  readonly usual_us_max: number;
  /** Breaks longer than that, inside the wanted span, which do not divide what was found. */
  readonly short_breaks: ShortBreaksUs;
}

/**
 * Facts of a master's frames. `device_times_us` in any order (it is sorted in place); `gap_min_ms` is the
 * shortest break that divides what was found. A frame lasts until the next one; the last before a break lasts
 * as long as the one before it, or no time when it stands alone.
 */
export function frameFacts(device_times_us: Float64Array, device_span: Span, gap_min_ms: number): FrameFacts {
  device_times_us.sort();
  const first_inside = lowerBound(device_times_us, device_span.start_ms * 1000);
  const first_after = lowerBound(device_times_us, device_span.end_ms * 1000);
  const has_inside = first_after > first_inside;
  const usual_us_max = usualSpacingMax_us(device_times_us);
  return {
    frames_before: first_inside,
    frames_inside: first_after - first_inside,
    frames_after: device_times_us.length - first_after,
    first_inside_device_time_us: has_inside ? device_times_us[first_inside]! : null,
    last_inside_device_time_us: has_inside ? device_times_us[first_after - 1]! : null,
    stills_device_time_us: spread(
      device_times_us.subarray(first_inside, first_after),
      MEDIA_LIMITS.stills_per_master_max,
    ),
    found_spans: foundSpans(device_times_us, gap_min_ms * 1000),
    usual_us_max,
    short_breaks: shortBreaksWithin(device_times_us, usual_us_max, device_span, gap_min_ms),
  };
}

/** At most `count` of the sorted times, each a frame's own, evenly by number of frames. */
function spread(sorted_us: Float64Array, count: number): number[] {
  const taken = Math.min(count, sorted_us.length);
  const step = taken > 1 ? (sorted_us.length - 1) / (taken - 1) : 0;
  return Array.from({ length: taken }, (_, n) => sorted_us[Math.round(n * step)]!);
}

function foundSpans(sorted_us: Float64Array, gap_min_us: number): Span[] {
  const spans: Span[] = [];
  let span_start = 0;
  for (let index = 0; index < sorted_us.length; index++) {
    const is_last = index + 1 === sorted_us.length;
    if (!is_last && sorted_us[index + 1]! - sorted_us[index]! <= gap_min_us) continue;
    const last_duration_us = index > span_start ? sorted_us[index]! - sorted_us[index - 1]! : 0;
    spans.push({
      start_ms: Math.round(sorted_us[span_start]! / 1000),
      end_ms: Math.round((sorted_us[index]! + last_duration_us) / 1000),
    });
    span_start = index + 1;
  }
  return spans;
}

/** Index of the first item at or above the bound. */
function lowerBound(sorted: Float64Array, bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
