import type { OffsetInterval } from './offset.ts';

/**
 * Why a clock may be off, from how far it is off. `one_hour`: daylight saving, which Vietnam does not have.
 * `zone`: the zone of Vietnam added or left out, seven hours. `other_zone`: any other number of whole hours.
 * `reset`: the clock fell back to its factory date. Null: nothing that a clock is known for.
 */
export type ClockSuspicion = 'one_hour' | 'zone' | 'other_zone' | 'reset' | null;

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** A clock that was set by hand and put into a wrong zone is still a minute or two off besides. */
const BESIDES_MS = 2 * MINUTE_MS;
/** 2015-01-01: recorders younger than this start with an older date when their battery is empty. */
const FACTORY_DATES_BEFORE_MS = 1_420_070_400_000;
/** Zones lie between UTC−12 and UTC+14; two of them at most 26 hours apart. */
const ZONES_APART_MAX_HOURS = 26;

/** What the size of an offset makes one suspect; `at_ms` is the true time of the reading. */
export function suspectClock(offset: OffsetInterval, at_ms: number): ClockSuspicion {
  if (at_ms + offset.max_ms < FACTORY_DATES_BEFORE_MS) return 'reset';
  const is_about = (ms: number) => offset.min_ms <= ms + BESIDES_MS && offset.max_ms >= ms - BESIDES_MS;
  if (offset.max_ms - offset.min_ms > BESIDES_MS) return null;
  if (is_about(HOUR_MS) || is_about(-HOUR_MS)) return 'one_hour';
  if (is_about(7 * HOUR_MS) || is_about(-7 * HOUR_MS)) return 'zone';
  const hours = Math.round((offset.min_ms + offset.max_ms) / 2 / HOUR_MS);
  if (hours === 0 || Math.abs(hours) > ZONES_APART_MAX_HOURS) return null;
  return is_about(hours * HOUR_MS) ? 'other_zone' : null;
}
