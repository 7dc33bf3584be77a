/**
 * Half-open spans of integer milliseconds: `[start_ms, end_ms)`.
 *
 * A span says nothing about *whose* clock counts the milliseconds. True time is UTC; device time is what a
 * recorder's clock claimed. Names carry the difference: `wanted` spans are true time, `device_span` is not.
 */
export interface Span {
  readonly start_ms: number;
  readonly end_ms: number;
}
