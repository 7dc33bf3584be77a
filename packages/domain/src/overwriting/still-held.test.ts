import { describe, expect, it } from 'vitest';
import type { ClockOffsetEstimate } from '../clock-offset/estimate.ts';
import { stillHeldOf } from './still-held.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 8);
const OFF = 2_473_300;
const CLOCK: ClockOffsetEstimate = {
  ...{ epoch_from_ms: NOW - 30 * DAY, began_as: 'first', min_ms: OFF - 50, max_ms: OFF + 50 },
  ...{ first_reading_ms: NOW - 30 * DAY, last_reading_ms: NOW, readings: 9, method: 'onvif_utc' },
};

/** A recorder that keeps `days`, asked `ago` days ago, with a clock that is `OFF` fast. */
const seen = (ago: number, days: number | null) => {
  const at = NOW - ago * DAY;
  return {
    camera_id: 'c',
    observed_at_ms: at,
    retained_from_device_ms: days === null ? null : at - days * DAY + OFF,
    retained_to_device_ms: days === null ? null : at + OFF,
  };
};

describe('what a recorder holds', () => {
  it('is told in true time, with the horizon at which the oldest is overwritten', () => {
    const found = stillHeldOf([seen(2, 6), seen(1, 6), seen(0, 6)], [CLOCK], 100);
    expect(found.held_from_ms).toBe(NOW - 6 * DAY);
    expect(found.depth?.min_ms).toBe(6 * DAY);
    expect(found.overwrites_oldest_at_ms).toBe(NOW);
    expect(found.history.map(({ held_ms }) => held_ms)).toEqual([6 * DAY, 6 * DAY, 6 * DAY]);
  });
  it('has no horizon while the recorder fills up, and shows how it grows', () => {
    const found = stillHeldOf([seen(0, 3), seen(1, 2), seen(2, 1)], [CLOCK], 100);
    expect([found.depth, found.overwrites_oldest_at_ms]).toEqual([null, null]);
    expect(found.history.map(({ held_ms }) => held_ms! / DAY)).toEqual([1, 2, 3]);
  });
  it('follows a recorder that keeps less than before', () => {
    const found = stillHeldOf([seen(4, 10), seen(3, 10), seen(2, 4), seen(1, 4), seen(0, 4)], [CLOCK], 100);
    expect(found.history.at(1)?.depth_min_ms).toBe(10 * DAY);
    expect(found.history.at(-1)?.depth_min_ms).toBe(4 * DAY);
  });
  it('is nothing of an empty recorder, or of one that was never asked', () => {
    expect(stillHeldOf([seen(0, null)], [CLOCK], 100)).toMatchObject({
      held_from_ms: null,
      observed_at_ms: NOW,
    });
    expect(stillHeldOf([], [CLOCK], 100)).toMatchObject({
      held_from_ms: null,
      observed_at_ms: null,
      history: [],
    });
  });
});
