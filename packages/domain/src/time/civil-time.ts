/** Calendar and clock fields of one instant in some zone. Months count from 1. */
export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const YEAR_MIN = 1900;
const YEAR_MAX = 9999;

/** Days in a month of the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  const is_leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, is_leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/**
 * Milliseconds since 1970-01-01 of the same zone, or null for what no calendar has: month 13, 30 February,
 * hour 24, second 60 (leap seconds included: no instant of this system falls on one), years before 1900.
 * Nothing is ever rolled over into the next unit.
 */
export function civilToMs(time: CivilTime): number | null {
  const { year, month, day, hour, minute, second, millisecond } = time;
  const fits =
    within(year, YEAR_MIN, YEAR_MAX) &&
    within(month, 1, 12) &&
    within(day, 1, daysInMonth(year, month)) &&
    within(hour, 0, 23) &&
    within(minute, 0, 59) &&
    within(second, 0, 59) &&
    within(millisecond, 0, 999);
  return fits ? Date.UTC(year, month - 1, day, hour, minute, second, millisecond) : null;
}

/** Fields of an instant given as milliseconds since 1970-01-01 of the same zone. */
export function msToCivil(ms: number): CivilTime {
  const date = new Date(ms);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

/** A number with leading zeros. */
export function zeroPadded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function within(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && min <= value && value <= max;
}
