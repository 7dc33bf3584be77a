import { civilToMs } from './civil-time.ts';
import { VIETNAM_OFFSET_MS } from './vietnam-time.ts';

const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const YEAR_FIRST = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;

/**
 * Midnight in Vietnam at the beginning of a day written `01/07/2025` or `2025-07-01`, in milliseconds UTC; null when
 * there is no such day.
 */
export function startOfVietnamDay(text: string): number | null {
  const [, day, month, year] = DAY_FIRST.exec(text) ?? [];
  const [, year_first, month_second, day_third] = YEAR_FIRST.exec(text) ?? [];
  if (year === undefined && year_first === undefined) return null;
  const midnight_ms = civilToMs({
    year: Number(year ?? year_first),
    month: Number(month ?? month_second),
    day: Number(day ?? day_third),
    hour: 0,
    minute: 0,
    second: 0,
    millisecond: 0,
  });
  return midnight_ms === null ? null : midnight_ms - VIETNAM_OFFSET_MS;
}
