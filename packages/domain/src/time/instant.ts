/** Instants as text in the form of RFC 3339. The zone is never optional: a time without one is a guess. */
import { CodedError } from '../errors.ts';
import { civilToMs, msToCivil, zeroPadded } from './civil-time.ts';

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/i;

const EXPECTED = '2026-11-22T15:04:05.000Z, 2026-11-22T22:04:05+07:00';

/**
 * Milliseconds UTC of an RFC 3339 date-time (section 5.6). Digits beyond the millisecond are cut off.
 * Throws `TIME_INVALID` for any other text, a missing zone, and dates or hours that do not exist.
 */
export function parseInstant(text: string): number {
  const match = RFC3339.exec(text);
  const offset_ms = match === null ? null : parseOffset_ms(match[8]!);
  const civil_ms = match === null ? null : civilToMs(fieldsOf(match));
  if (offset_ms === null || civil_ms === null) {
    throw new CodedError('TIME_INVALID', { text: text.slice(0, 40), expected: EXPECTED });
  }
  return civil_ms - offset_ms;
}

/** `2026-11-22T15:04:05.678Z`. Throws `TIME_INVALID` outside the years 1900 to 9999. */
export function rfc3339(ms: number): string {
  return `${rfc3339Fields(ms)}Z`;
}

/** Date and time of an instant given as milliseconds since 1970-01-01 of some zone, without the zone's sign. */
export function rfc3339Fields(ms: number): string {
  const t = msToCivil(ms);
  if (civilToMs(t) === null) {
    throw new CodedError('TIME_INVALID', { text: String(ms), expected: 'milliseconds, years 1900 to 9999' });
  }
  const date = `${zeroPadded(t.year, 4)}-${zeroPadded(t.month, 2)}-${zeroPadded(t.day, 2)}`;
  const time = `${zeroPadded(t.hour, 2)}:${zeroPadded(t.minute, 2)}:${zeroPadded(t.second, 2)}`;
  return `${date}T${time}.${zeroPadded(t.millisecond, 3)}`;
}

function fieldsOf(match: RegExpExecArray) {
  return {
    year: Number(match[1]),
    month: Number(match[2]),
    day: Number(match[3]),
    hour: Number(match[4]),
    minute: Number(match[5]),
    second: Number(match[6]),
    millisecond: Number((match[7] ?? '').padEnd(3, '0').slice(0, 3)),
  };
}

function parseOffset_ms(zone: string): number | null {
  if (zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
