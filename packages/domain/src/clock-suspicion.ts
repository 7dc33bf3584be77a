import type { ClockReading } from './clock-reading.ts';
import type { Bilingual } from './errors.ts';

/** What a clock is probably wrong by, as far as the size of its difference tells. */
export type ClockSuspicion = 'vietnam_time_as_utc' | 'daylight_saving' | 'other_zone' | 'reset';

const HOUR_MS = 3_600_000;
/** Zones differ by whole and half hours; a setting is told apart from mere drift when it is this near to one. */
const ZONE_STEP_MS = HOUR_MS / 2;
const NEAR_MS = 2 * 60_000;
/** Zones reach from −12 to +14 hours. */
const ZONE_MS_MAX = 14 * HOUR_MS;
const VIETNAM_MS = 7 * HOUR_MS;
/** No zone and no drift makes a clock this slow: it starts at its factory date again. */
const RESET_MS = -180 * 24 * HOUR_MS;

/**
 * What a reading suggests about a wrong clock, or null for one that is right or wrong by no telling amount. A
 * hint for the person who mends it, never a correction: offsets are measured, not guessed.
 */
export function suspectClock(reading: ClockReading): ClockSuspicion | null {
  const stood_at_ms = reading.device_time_ms + reading.resolution_ms / 2;
  const difference_ms = stood_at_ms - (reading.sent_at_ms + reading.received_at_ms) / 2;
  if (difference_ms <= RESET_MS) return 'reset';
  if (Math.abs(difference_ms) < ZONE_STEP_MS / 2 || Math.abs(difference_ms) > ZONE_MS_MAX + NEAR_MS)
    return null;
  const zone_ms = Math.round(difference_ms / ZONE_STEP_MS) * ZONE_STEP_MS;
  if (Math.abs(difference_ms - zone_ms) > NEAR_MS) return null;
  if (zone_ms === VIETNAM_MS) return 'vietnam_time_as_utc';
  return Math.abs(zone_ms) === HOUR_MS ? 'daylight_saving' : 'other_zone';
}

/** What a technician reads about it: what is the matter with the clock, and what to do. */
export const CLOCK_SUSPICION_TEXTS: Readonly<Record<ClockSuspicion, Bilingual>> = {
  vietnam_time_as_utc: {
    vi: 'Đồng hồ thiết bị nhanh đúng 7 giờ: thiết bị ghi giờ Việt Nam vào chỗ của giờ UTC. Đặt múi giờ UTC+7 rồi chỉnh lại giờ trên thiết bị.',
    en: 'The device clock is fast by exactly 7 hours: it states Vietnam time as UTC. Set its zone to UTC+7, then set its time again.',
  },
  daylight_saving: {
    vi: 'Đồng hồ thiết bị lệch đúng 1 giờ: có lẽ đang bật giờ mùa hè. Tắt giờ mùa hè (DST) trên thiết bị, Việt Nam không dùng.',
    en: 'The device clock is off by exactly 1 hour: daylight saving is probably on. Switch it off on the device; Vietnam has none.',
  },
  other_zone: {
    vi: 'Đồng hồ thiết bị lệch chẵn giờ: có lẽ thiết bị đặt sai múi giờ. Đặt múi giờ UTC+7 trên thiết bị.',
    en: 'The device clock is off by whole hours: its time zone is probably wrong. Set its zone to UTC+7.',
  },
  reset: {
    vi: 'Đồng hồ thiết bị chậm nhiều tháng: thiết bị mất giờ khi khởi động lại. Bật NTP và thay pin đồng hồ của thiết bị.',
    en: 'The device clock is months slow: it loses its time when it restarts. Switch NTP on and replace its clock battery.',
  },
};
