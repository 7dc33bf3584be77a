import type { Clock, ClockOffsetEstimate } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { describeDisplayClock } from './describe-display-clock.ts';

const NOON = Date.UTC(2026, 10, 22, 5, 0, 0);
const RECORDER: Clock = { id: 'clock-recorder', name: 'Đồng hồ đầu ghi', kind: 'recorder' };
const DISPLAY: Clock = { id: 'clock-display', name: 'Giờ trên hình', kind: 'camera' };
const ITEM = { clock: RECORDER, approved: { start_ms: NOON, end_ms: NOON + 60_000 } };

function sight(at_ms: number, min_ms: number, began_as: 'first' | 'step' = 'first'): ClockOffsetEstimate {
  return {
    ...{ epoch_from_ms: at_ms, began_as, first_reading_ms: at_ms, last_reading_ms: at_ms },
    ...{ readings: 1, min_ms, max_ms: min_ms + 3_000, method: 'photo' },
  };
}
const describeWith = (...offsets: ClockOffsetEstimate[]) =>
  describeDisplayClock({ ...ITEM, display_clock: { clock: DISPLAY, offsets } }, 100);

describe('the clock in the picture, as the manifest tells of it', () => {
  it('is left out where none is known, and where it is the one that stamps the frames', () => {
    expect(describeDisplayClock({ ...ITEM, display_clock: null }, 100)).toBeUndefined();
    const same = { clock: RECORDER, offsets: [sight(NOON, 0)] };
    expect(describeDisplayClock({ ...ITEM, display_clock: same }, 100)).toBeUndefined();
  });
  it('is named with an unknown offset where nobody read it', () => {
    expect(describeWith()).toEqual({
      ...DISPLAY,
      ...{ offset_min_ms: null, offset_max_ms: null, basis: 'unknown', method: null },
      ...{ measured_at_ms: null, reading_count: 0 },
    });
  });
  it('has bounds that hold throughout the approved span, widened for drift', () => {
    // Ten hours before the end of the span, at 100 ppm: 3.6 s and 6 ms of the span itself.
    expect(describeWith(sight(NOON - 36_000_000, 40_000))).toEqual({
      ...DISPLAY,
      ...{ offset_min_ms: 36_394, offset_max_ms: 46_606, basis: 'measured_before', method: 'photo' },
      ...{ measured_at_ms: NOON - 36_000_000, reading_count: 1 },
    });
  });
  it('holds every offset that it may have had where it was set within the span', () => {
    const set = describeWith(sight(NOON - 1_000, 0), sight(NOON + 30_000, 3_600_000, 'step'))!;
    expect(set).toMatchObject({ basis: 'step_within', reading_count: 2 });
    expect(set.offset_min_ms).toBeLessThanOrEqual(0);
    expect(set.offset_max_ms).toBeGreaterThanOrEqual(3_603_000);
  });
});
