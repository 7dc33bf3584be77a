import { civilToMs, VIETNAM_OFFSET_MS } from '@minhchung/domain';

export const DAY_MS = 86_400_000;

/** A time of day that spreadsheets add to a day; it does not count. */
const TIME = '(?:[ T]\\d{1,2}:\\d{2}(?::\\d{2})?)?';
const DAY_FIRST = new RegExp(`^(\\d{1,2})\\s*[/.-]\\s*(\\d{1,2})\\s*[/.-]\\s*(\\d{4}|\\d{2})${TIME}$`);
const YEAR_FIRST = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${TIME}$`);
const IN_WORDS = /^(?:ngày\s*)?(\d{1,2})\s*(?:tháng|th)\s*(\d{1,2})\s*(?:năm|,)?\s*(\d{4})$/i;

/** Day 1 of the two ways in which workbooks count days; both keep a few days of play around wars long over. */
const SERIAL_DAY_ZERO_MS = { '1900': Date.UTC(1899, 11, 30), '1904': Date.UTC(1904, 0, 1) } as const;
/** Days of 2000 to 2100: a smaller or larger number is a number and no day. */
const SERIAL_YEARS = { first: 2000, last: 2100 } as const;

/**
 * Midnight in Vietnam at the beginning of the day, in milliseconds UTC; null when there is no such day. Read are
 * `1/3/2026`, `01-03-26`, `2026-03-01`, `ngày 01 tháng 3 năm 2026`; the day comes before the month.
 */
export function startOfDay(text: string): number | null {
  const day_first = DAY_FIRST.exec(text) ?? IN_WORDS.exec(text);
  const year_first = YEAR_FIRST.exec(text);
  const [year, month, day] =
    day_first !== null
      ? [day_first[3], day_first[2], day_first[1]]
      : [year_first?.[1], year_first?.[2], year_first?.[3]];
  if (year === undefined) return null;
  const midnight_ms = civilToMs({
    year: year.length === 2 ? 2_000 + Number(year) : Number(year),
    month: Number(month),
    day: Number(day),
    hour: 0,
    minute: 0,
    second: 0,
    millisecond: 0,
  });
  return midnight_ms === null ? null : midnight_ms - VIETNAM_OFFSET_MS;
}

/** The same for a bare number in a workbook: the days since its day zero, as it keeps dates. */
export function startOfSerialDay(days: number, date_system: '1900' | '1904'): number | null {
  const midnight_ms = SERIAL_DAY_ZERO_MS[date_system] + Math.floor(days) * DAY_MS;
  const year = new Date(midnight_ms).getUTCFullYear();
  const is_day = year >= SERIAL_YEARS.first && year <= SERIAL_YEARS.last;
  return is_day ? midnight_ms - VIETNAM_OFFSET_MS : null;
}

/** The first moment of the Vietnamese day in which an instant lies. */
export function dayOf(at_ms: number): number {
  return Math.floor((at_ms + VIETNAM_OFFSET_MS) / DAY_MS) * DAY_MS - VIETNAM_OFFSET_MS;
}
