import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClockReading } from '../clock-reading.ts';
import type { ClockOffsetEstimate } from './estimate.ts';
import { type NarrowingConditions, narrow, nextReadingDelay_ms } from './narrow.ts';

const RESOLUTION_MS = 1000;
const START_MS = Date.UTC(2026, 10, 22);
const CONDITIONS: NarrowingConditions = { drift_ppm: 20, host_bound_ms: 0, host_synchronised: true };

/** What a device with this offset answers to a question that takes the given times to travel. */
function read(sent_at_ms: number, offset_ms: number, there_ms: number, back_ms: number): ClockReading {
  const device_time_ms = Math.floor((sent_at_ms + there_ms + offset_ms) / RESOLUTION_MS) * RESOLUTION_MS;
  const received_at_ms = sent_at_ms + there_ms + back_ms;
  return { device_time_ms, resolution_ms: RESOLUTION_MS, sent_at_ms, received_at_ms, method: 'onvif_utc' };
}

function readAt(sent_at_ms: number, offset_ms: number): ClockReading {
  return read(sent_at_ms, offset_ms, 1, 1);
}

function estimateAfter(...readings: ClockReading[]): ClockOffsetEstimate {
  let estimate: ClockOffsetEstimate | null = null;
  for (const reading of readings) estimate = narrow(estimate, reading, CONDITIONS).estimate;
  return estimate!;
}

const offset = fc.integer({ min: -10_800_000, max: 10_800_000 });
const phase = fc.integer({ min: 0, max: 86_400_000 });
const trip = fc.integer({ min: 0, max: 12 });

describe('narrowing by timed readings', () => {
  it('holds the truth and is at most 100 ms wide after six readings', () => {
    const trips = fc.array(fc.tuple(trip, trip), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(offset, phase, trips, (true_offset, start, journeys) => {
        let now = START_MS + start;
        let estimate: ClockOffsetEstimate | null = null;
        for (const [there, back] of journeys) {
          now += nextReadingDelay_ms(estimate, now, 10, RESOLUTION_MS);
          estimate = narrow(estimate, read(now, true_offset, there, back), CONDITIONS).estimate;
          now += there + back;
          expect(estimate!.min_ms).toBeLessThanOrEqual(true_offset);
          expect(estimate!.max_ms).toBeGreaterThanOrEqual(true_offset);
        }
        expect(estimate!.max_ms - estimate!.min_ms).toBeLessThanOrEqual(100);
      }),
    );
  });
  it('holds the truth of a drifting clock over days of untimed readings', () => {
    const pauses = fc.array(fc.integer({ min: 1, max: 7_200_000 }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(offset, pauses, fc.integer({ min: -19, max: 19 }), trip, (start_offset, gaps, ppm, way) => {
        let now = START_MS;
        let estimate: ClockOffsetEstimate | null = null;
        for (const gap of gaps) {
          now += gap;
          const true_offset = start_offset + ((now - START_MS) * ppm) / 1e6;
          const narrowed = narrow(estimate, read(now, true_offset, way, way), CONDITIONS);
          expect(narrowed.kind).not.toBe('step');
          estimate = narrowed.estimate;
          expect(estimate!.min_ms).toBeLessThanOrEqual(true_offset + 1);
          expect(estimate!.max_ms).toBeGreaterThanOrEqual(true_offset - 1);
        }
      }),
    );
  });
  it('asks again within one step of the clock', () => {
    fc.assert(
      fc.property(offset, phase, trip, (middle, start, rtt) => {
        const known = { min_ms: middle - 500, max_ms: middle + 500 };
        const delay = nextReadingDelay_ms(known, START_MS + start, rtt, RESOLUTION_MS);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThan(RESOLUTION_MS);
      }),
    );
    expect(nextReadingDelay_ms(null, START_MS, 10, RESOLUTION_MS)).toBe(0);
  });
  it('learns little from an answer that took long, and never something wrong', () => {
    const before = estimateAfter(readAt(START_MS, 2_460_000));
    const late = narrow(before, read(START_MS + 5_000, 2_460_000, 20, 9_000), CONDITIONS);
    expect(late.estimate!.min_ms).toBeLessThanOrEqual(2_460_000);
    expect(late.estimate!.max_ms).toBeGreaterThanOrEqual(2_460_000);
  });
});

describe('steps', () => {
  it('are seen when larger than what was known, and begin a new stretch', () => {
    const jump = fc.integer({ min: 1100, max: 10_000_000 }).chain((by) => fc.constantFrom(by, -by));
    fc.assert(
      fc.property(offset, jump, (true_offset, by) => {
        const before = estimateAfter(readAt(START_MS, true_offset));
        const wide = before.max_ms - before.min_ms;
        fc.pre(Math.abs(by) > 2 * wide + 10);
        const after = narrow(before, readAt(START_MS + 60_000, true_offset + by), CONDITIONS);
        expect(after.kind).toBe('step');
        expect(after.estimate).toMatchObject({
          epoch_from_ms: START_MS + 60_000,
          began_as: 'step',
          readings: 1,
        });
      }),
    );
  });
});

describe('readings that change nothing', () => {
  const known = estimateAfter(readAt(START_MS, 0));
  it('come from a host that is not synchronised', () => {
    const loose = { ...CONDITIONS, host_synchronised: false };
    expect(narrow(known, readAt(START_MS + 9_000, 500_000), loose)).toEqual({
      kind: 'unchanged',
      estimate: known,
      reason: 'host_not_synchronised',
    });
    expect(narrow(null, readAt(START_MS, 0), loose).estimate).toBeNull();
  });
  it('cannot have happened, or happened before the last one', () => {
    const reversed = { ...readAt(START_MS + 9_000, 0), received_at_ms: START_MS };
    expect(narrow(known, reversed, CONDITIONS)).toMatchObject({
      kind: 'unchanged',
      reason: 'reading_invalid',
    });
    const late = narrow(known, readAt(START_MS - 60_000, 0), CONDITIONS);
    expect(late).toMatchObject({ kind: 'unchanged', reason: 'reading_out_of_order' });
  });
});

describe('stretches', () => {
  it('continue in a new row when they become long, so that old bounds stay known', () => {
    const known = estimateAfter(readAt(START_MS, 0));
    const later = narrow(known, readAt(START_MS + 30_000, 0), { ...CONDITIONS, stretch_max_ms: 20_000 });
    expect(later).toMatchObject({ kind: 'continued', estimate: { began_as: 'continued', readings: 1 } });
  });
  it('are widened by what the host itself may be wrong', () => {
    const exact = narrow(null, readAt(START_MS, 0), CONDITIONS).estimate!;
    const loose = narrow(null, readAt(START_MS, 0), { ...CONDITIONS, host_bound_ms: 40 }).estimate!;
    expect([loose.min_ms, loose.max_ms]).toEqual([exact.min_ms - 40, exact.max_ms + 40]);
  });
});
