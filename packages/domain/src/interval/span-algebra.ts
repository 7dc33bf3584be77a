import { CodedError } from '../errors.ts';
import type { Span } from '../span.ts';

/**
 * A checked span `[start_ms, end_ms)`.
 * Throws `TIME_INVALID` for what is no whole number of milliseconds, `SPAN_REVERSED`, `SPAN_EMPTY`.
 */
export function makeSpan(start_ms: number, end_ms: number): Span {
  for (const value of [start_ms, end_ms]) {
    if (!Number.isSafeInteger(value)) {
      throw new CodedError('TIME_INVALID', { text: String(value), expected: 'milliseconds' });
    }
  }
  if (end_ms < start_ms) throw new CodedError('SPAN_REVERSED', { start_ms, end_ms });
  if (end_ms === start_ms) throw new CodedError('SPAN_EMPTY', { start_ms });
  return { start_ms, end_ms };
}

/** Length in milliseconds; 0 for an empty or reversed span. */
export function spanLength_ms(span: Span): number {
  return Math.max(0, span.end_ms - span.start_ms);
}

/** True when the instant lies in the span; the end does not belong to it. */
export function spanContains(span: Span, instant_ms: number): boolean {
  return span.start_ms <= instant_ms && instant_ms < span.end_ms;
}

/** True when every instant of `inner` lies in `outer`. */
export function spanCovers(outer: Span, inner: Span): boolean {
  return spanLength_ms(inner) === 0 || (outer.start_ms <= inner.start_ms && inner.end_ms <= outer.end_ms);
}

/** True when the spans share an instant; touching spans share none. */
export function spansOverlap(a: Span, b: Span): boolean {
  return intersectSpans(a, b) !== null;
}

/** What both spans share, or null. */
export function intersectSpans(a: Span, b: Span): Span | null {
  const start_ms = Math.max(a.start_ms, b.start_ms);
  const end_ms = Math.min(a.end_ms, b.end_ms);
  return start_ms < end_ms ? { start_ms, end_ms } : null;
}

/** The same length, `by_ms` later. */
export function shiftSpan(span: Span, by_ms: number): Span {
  return { start_ms: span.start_ms + by_ms, end_ms: span.end_ms + by_ms };
}

/** `before_ms` more at the start and `after_ms` more at the end. Negative values narrow; the result may be empty. */
export function widenSpan(span: Span, before_ms: number, after_ms: number): Span {
  return { start_ms: span.start_ms - before_ms, end_ms: span.end_ms + after_ms };
}
