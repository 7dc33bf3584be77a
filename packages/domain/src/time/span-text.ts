import { CodedError } from '../errors.ts';
import type { Span } from '../span.ts';
import { parseInstant } from './instant.ts';
import { parseVietnam } from './vietnam-time.ts';

/** `22/11/2026 15:04:00 - 22/11/2026 15:05:00`, `22/11/2026 15:04 - 15:05`, `2026-11-22T15:04:00+07:00/…`. */
const EXPECTED = "'22/11/2026 15:04:00 - 15:05:00' or 2026-11-22T15:04:00+07:00/2026-11-22T15:05:00+07:00";

/** Between two times as people write them, or two of RFC 3339 (the interval of ISO 8601 5.5). */
const SEPARATOR = /\s+(?:-|–|đến)\s+|\.\.|(?<=\d(?:Z|[+-]\d{2}:\d{2}))\/(?=\d{4}-)/iu;
const TIME_OF_DAY = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,3})?)?$/;

/** Milliseconds UTC of a time as written in Vietnam, or of RFC 3339. Throws `TIME_INVALID`. */
export function parseTimeText(text: string): number {
  return /^\s*\d{4}-/.test(text) ? parseInstant(text.trim()) : parseVietnam(text);
}

/**
 * A span typed by a person, true time. The second time may leave its day away: the day of the first is meant. Throws
 * `TIME_INVALID`; whether the span makes sense is for `problemsOfSpan`.
 */
export function parseSpanText(text: string): Span {
  const parts = text.trim().split(SEPARATOR);
  const [start, end] = parts;
  if (parts.length !== 2 || start === undefined || end === undefined) {
    throw new CodedError('TIME_INVALID', { text: text.slice(0, 80), expected: EXPECTED });
  }
  const day = /^\S+(?=\s)/.exec(start.trim())?.[0];
  const is_short = day !== undefined && TIME_OF_DAY.test(end.trim());
  return {
    start_ms: parseTimeText(start),
    end_ms: parseTimeText(is_short ? `${day} ${end.trim()}` : end),
  };
}
