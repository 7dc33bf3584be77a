/**
 * Vietnam local time: +07:00 all year, no daylight saving (true of all instants this system can meet; what the
 * zone was before 1975 is of no use here). Local time exists only at the edges: on screen, on paper, in files.
 */
import { CodedError } from '../errors.ts';
import { civilToMs, msToCivil, zeroPadded } from './civil-time.ts';
import { rfc3339Fields } from './instant.ts';

export const VIETNAM_ZONE = 'Asia/Ho_Chi_Minh';
export const VIETNAM_OFFSET_MS = 7 * 3_600_000;

const VIETNAM_TEXT = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?$/;

/** `22/11/2026 15:04:05`, with `.678` when `with_ms`. */
export function formatVietnam(ms: number, options: { readonly with_ms?: boolean } = {}): string {
  const t = msToCivil(ms + VIETNAM_OFFSET_MS);
  const date = `${zeroPadded(t.day, 2)}/${zeroPadded(t.month, 2)}/${zeroPadded(t.year, 4)}`;
  const time = `${zeroPadded(t.hour, 2)}:${zeroPadded(t.minute, 2)}:${zeroPadded(t.second, 2)}`;
  return `${date} ${time}${options.with_ms === true ? `.${zeroPadded(t.millisecond, 3)}` : ''}`;
}

/** `2026-11-22T15:04:05.678+07:00`. */
export function rfc3339Vietnam(ms: number): string {
  return `${rfc3339Fields(ms + VIETNAM_OFFSET_MS)}+07:00`;
}

/**
 * Milliseconds UTC of a time as written in Vietnam: day first, seconds and milliseconds optional.
 * Throws `TIME_INVALID` for any other text and for dates and hours that do not exist.
 */
export function parseVietnam(text: string): number {
  const match = VIETNAM_TEXT.exec(text.trim().replace(/\s+/g, ' '));
  const civil_ms =
    match === null
      ? null
      : civilToMs({
          year: Number(match[3]),
          month: Number(match[2]),
          day: Number(match[1]),
          hour: Number(match[4]),
          minute: Number(match[5]),
          second: Number(match[6] ?? 0),
          millisecond: Number((match[7] ?? '').padEnd(3, '0')),
        });
  if (civil_ms === null) {
    throw new CodedError('TIME_INVALID', { text: text.slice(0, 40), expected: '22/11/2026 15:04:05' });
  }
  return civil_ms - VIETNAM_OFFSET_MS;
}

/** Calendar year in Vietnam; what happens at 17:00Z on 31 December belongs to the next year. */
export function vietnamYear(ms: number): number {
  return msToCivil(ms + VIETNAM_OFFSET_MS).year;
}

/** `2026-11`: the month in Vietnam, as reports group by it. */
export function vietnamMonth(ms: number): string {
  return rfc3339Fields(ms + VIETNAM_OFFSET_MS).slice(0, 7);
}

/** `2026-11-22`: the day in Vietnam. */
export function vietnamDay(ms: number): string {
  return rfc3339Fields(ms + VIETNAM_OFFSET_MS).slice(0, 10);
}

/** Minutes after midnight in Vietnam, 0 to 1439. */
export function vietnamMinuteOfDay(ms: number): number {
  const t = msToCivil(ms + VIETNAM_OFFSET_MS);
  return t.hour * 60 + t.minute;
}
