import type { OffsetInterval, Span } from '@minhchung/domain';
import type { FoundSpan } from '@minhchung/formats';

/** A device span that a search found, with the true instants between which it begins and ends; null when the offset is unknown. */
export function withTrueTime(span: Span, search: number, offset: OffsetInterval | null): FoundSpan {
  return {
    search,
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
