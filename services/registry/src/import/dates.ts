import { civilToMs, VIETNAM_OFFSET_MS } from '@minhchung/domain';

const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const YEAR_FIRST = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;

/** Midnight in Vietnam at the beginning of the day, in milliseconds UTC; null when there is no such day. */
export function startOfDay(text: string): number | null {
  const day_first = DAY_FIRST.exec(text);
  const year_first = YEAR_FIRST.exec(text);
  const [year, month, day] =
    day_first !== null
      ? [day_first[3], day_first[2], day_first[1]]
      : [year_first?.[1], year_first?.[2], year_first?.[3]];
  if (year === undefined) return null;
  const midnight_ms = civilToMs({
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: 0,
    minute: 0,
    second: 0,
    millisecond: 0,
  });
  return midnight_ms === null ? null : midnight_ms - VIETNAM_OFFSET_MS;
}
