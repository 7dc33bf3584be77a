import { gapsIn, intersectSpanSets, normaliseSpans, type OffsetInterval, type Span } from '@minhchung/domain';
import type { FoundSpan } from '@minhchung/formats';

/**
 * What was found of the searched span, device time: clipped to it, and with every break of at most
 * `hole_min_ms` closed, also at the two ends, because a frame stands for the time until the next one.
 */
export function foundWithin(found: readonly Span[], searched: Span, hole_min_ms: number): Span[] {
  const clipped = intersectSpanSets(found, [searched]);
  return normaliseSpans(clipped, hole_min_ms).map((span) => ({
    start_ms: span.start_ms - searched.start_ms <= hole_min_ms ? searched.start_ms : span.start_ms,
    end_ms: searched.end_ms - span.end_ms <= hole_min_ms ? searched.end_ms : span.end_ms,
  }));
}

/** A device span with the true instants between which it begins and ends; null when the offset is unknown. */
export function withTrueTime(span: Span, offset: OffsetInterval | null): FoundSpan {
  return {
    device_start_ms: span.start_ms,
    device_end_ms: span.end_ms,
    true_time: offset && {
      start_min_ms: span.start_ms - offset.max_ms,
      start_max_ms: span.start_ms - offset.min_ms,
      end_min_ms: span.end_ms - offset.max_ms,
      end_max_ms: span.end_ms - offset.min_ms,
    },
  };
}

/**
 * Parts of the approved span (true time) that are not *surely* covered: covered whatever the offset is within
 * its bounds. With an unknown offset nothing is sure.
 */
export function gapsOf(approved: Span, found: readonly Span[], offset: OffsetInterval | null): Span[] {
  if (offset === null) return [approved];
  const surely = found.map((span) => ({
    start_ms: span.start_ms - offset.min_ms,
    end_ms: span.end_ms - offset.max_ms,
  }));
  return gapsIn(approved, surely);
}
