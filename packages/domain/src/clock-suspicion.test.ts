import { describe, expect, it } from 'vitest';
import { CLOCK_SUSPICION_TEXTS, suspectClock } from './clock-suspicion.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 8, 0, 0);
const HOUR_MS = 3_600_000;

const offBy = (difference_ms: number) =>
  suspectClock({
    device_time_ms: NOW_MS + difference_ms - 500,
    resolution_ms: 1000,
    sent_at_ms: NOW_MS - 10,
    received_at_ms: NOW_MS + 10,
    method: 'onvif_utc',
  });

describe('what a wrong clock suggests', () => {
  it.each<[number, string | null]>([
    [0, null],
    [40_000, null],
    [41 * 60_000, null],
    [7 * HOUR_MS, 'vietnam_time_as_utc'],
    [7 * HOUR_MS + 110_000, 'vietnam_time_as_utc'],
    [7 * HOUR_MS + 180_000, null],
    [HOUR_MS, 'daylight_saving'],
    [-HOUR_MS, 'daylight_saving'],
    [-7 * HOUR_MS, 'other_zone'],
    [5.5 * HOUR_MS, 'other_zone'],
    [15 * HOUR_MS, null],
    [Date.UTC(1970, 0, 1) - NOW_MS, 'reset'],
    [Date.UTC(2020, 0, 1) - NOW_MS, 'reset'],
    [400 * 24 * HOUR_MS, null],
  ])('%d ms: %s', (difference_ms, suspicion) => {
    expect(offBy(difference_ms)).toBe(suspicion);
  });

  it('is said in both languages, with what to do', () => {
    for (const { vi, en } of Object.values(CLOCK_SUSPICION_TEXTS)) {
      expect(vi.split('. ').length + en.split('. ').length).toBeGreaterThanOrEqual(4);
      expect(vi).toBe(vi.normalize('NFC'));
    }
  });
});
