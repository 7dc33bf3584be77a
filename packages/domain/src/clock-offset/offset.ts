import type { ClockReading } from '../clock-reading.ts';
import { CodedError } from '../errors.ts';
import type { Span } from '../span.ts';

/** Device clock minus true time, as far as it is known: the truth lies in `[min_ms, max_ms]`. */
export interface OffsetInterval {
  readonly min_ms: number;
  readonly max_ms: number;
}

/**
 * What one reading says about the offset.
 *
 * The clock stood in `[device_time, device_time + resolution)` at some instant between sending and receiving,
 * so device − true lies between `device_time − received` and `device_time + resolution − sent`. Both are
 * rounded outward to whole milliseconds. Throws `CLOCK_READING_INVALID` for a reading that cannot have happened.
 */
export function offsetOfReading(reading: ClockReading): OffsetInterval {
  const reason = flawOfReading(reading);
  if (reason !== null) throw new CodedError('CLOCK_READING_INVALID', { reason });
  return {
    min_ms: Math.floor(reading.device_time_ms - reading.received_at_ms),
    max_ms: Math.ceil(reading.device_time_ms + reading.resolution_ms - reading.sent_at_ms),
  };
}

/** Why a reading cannot be used, or null. */
export function flawOfReading(reading: ClockReading): string | null {
  const { device_time_ms, resolution_ms, sent_at_ms, received_at_ms } = reading;
  if (![device_time_ms, resolution_ms, sent_at_ms, received_at_ms].every(Number.isFinite)) {
    return 'not a number';
  }
  if (resolution_ms <= 0) return 'resolution is not positive';
  if (received_at_ms < sent_at_ms) return 'answer received before the question was sent';
  return null;
}

/** The same interval, `by_ms` wider on both sides, rounded outward to whole milliseconds. */
export function widenOffset(offset: OffsetInterval, by_ms: number): OffsetInterval {
  return { min_ms: Math.floor(offset.min_ms - by_ms), max_ms: Math.ceil(offset.max_ms + by_ms) };
}

/** What both intervals allow, or null when they contradict each other. */
export function intersectOffsets(a: OffsetInterval, b: OffsetInterval): OffsetInterval | null {
  const min_ms = Math.max(a.min_ms, b.min_ms);
  const max_ms = Math.min(a.max_ms, b.max_ms);
  return min_ms <= max_ms ? { min_ms, max_ms } : null;
}

/** The smallest interval that holds all of them; at least one is needed. */
export function hullOfOffsets(first: OffsetInterval, ...others: readonly OffsetInterval[]): OffsetInterval {
  return {
    min_ms: Math.min(first.min_ms, ...others.map((offset) => offset.min_ms)),
    max_ms: Math.max(first.max_ms, ...others.map((offset) => offset.max_ms)),
  };
}

/** How far a clock that is off by at most `drift_ppm` may move in a time, in milliseconds. */
export function driftOver_ms(elapsed_ms: number, drift_ppm: number): number {
  return (Math.abs(elapsed_ms) * drift_ppm) / 1_000_000;
}

/**
 * The device-time span to ask for so that the wanted true span is surely inside: widened by the bound on both
 * sides, `[start + min, end + max)`.
 */
export function deviceSpan(true_span: Span, offset: OffsetInterval): Span {
  return { start_ms: true_span.start_ms + offset.min_ms, end_ms: true_span.end_ms + offset.max_ms };
}

/** The true instants at which a frame stamped `device_ms` may have been taken: `[device − max, device − min]`. */
export function trueInterval(
  device_ms: number,
  offset: OffsetInterval,
): { readonly earliest_ms: number; readonly latest_ms: number } {
  return { earliest_ms: device_ms - offset.max_ms, latest_ms: device_ms - offset.min_ms };
}
