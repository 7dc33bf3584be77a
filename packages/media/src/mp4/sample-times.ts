/** Ticks a second of every master: the clock of RTP video and MPEG-TS, so their times pass unrounded. */
export const MASTER_TIMESCALE = 90_000;

/** Given to the only frame of a master, whose duration nothing tells: one frame at 25 a second. */
export const LONE_FRAME_TICKS = 3_600;

/** Times of a master's samples, in ticks of `MASTER_TIMESCALE`, in decode order. */
export interface SampleTimes {
  /** Device time of the first presented frame: the zero of `presentation`. */
  readonly origin_us: number;
  readonly last_us: number;
  /** Counted from the first presented frame. */
  readonly presentation: Float64Array;
  /** Strictly increasing, never above `presentation`; may begin below zero. */
  readonly decode: Float64Array;
  /** From the first presented frame to the end of the last one. */
  readonly duration: number;
}

/** Microseconds to ticks, to the nearest. */
export function microsecondsToTicks(time_us: number): number {
  return Math.round((time_us * 9) / 100);
}

/** Ticks to microseconds, to the nearest. */
export function ticksToMicroseconds(ticks: number): number {
  return Math.round((ticks * 100) / 9);
}

/**
 * Decode times for samples that carry presentation times only: going backward, each as late as its own
 * presentation and the next sample's decode time allow. Done over the whole master at once, so that the times
 * increase across groups of pictures too.
 */
export function decodeTimes(presentation: Float64Array): Float64Array {
  const decode = new Float64Array(presentation.length);
  let next = Number.POSITIVE_INFINITY;
  for (let index = presentation.length - 1; index >= 0; index--) {
    next = Math.min(presentation[index]!, next - 1);
    decode[index] = next;
  }
  return decode;
}

/**
 * All times of a master from its device times in decode order (at least one). The last frame lasts as long as
 * the one presented before it.
 */
export function sampleTimes(presentation_times_us: Float64Array): SampleTimes {
  let origin_us = Number.POSITIVE_INFINITY;
  let last_us = Number.NEGATIVE_INFINITY;
  let second_last_us = Number.NEGATIVE_INFINITY;
  for (const time_us of presentation_times_us) {
    if (time_us < origin_us) origin_us = time_us;
    if (time_us > last_us) {
      second_last_us = last_us;
      last_us = time_us;
    } else if (time_us > second_last_us && time_us < last_us) {
      second_last_us = time_us;
    }
  }
  const presentation = presentation_times_us.map((time_us) => microsecondsToTicks(time_us - origin_us));
  const last = microsecondsToTicks(last_us - origin_us);
  const last_duration = Number.isFinite(second_last_us)
    ? last - microsecondsToTicks(second_last_us - origin_us)
    : LONE_FRAME_TICKS;
  return {
    origin_us,
    last_us,
    presentation,
    decode: decodeTimes(presentation),
    duration: last + Math.max(last_duration, 1),
  };
}
