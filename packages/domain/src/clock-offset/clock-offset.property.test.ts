import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClockReading } from '../clock-reading.ts';
import { driftBound_ppm, driftRate } from './drift.ts';
import type { ClockOffsetEstimate } from './estimate.ts';
import { narrow } from './narrow.ts';
import { offsetAt } from './offset-at.ts';
import { readingOfSight } from './photo.ts';

/**
 * A device whose clock is `offset` ahead, drifts, speaks in whole seconds, and is asked over a network whose two
 * ways take different times, by a host that is a little wrong itself. Some answers never come.
 */
const START = Date.UTC(2026, 10, 22, 8);
const DRIFT_PPM = 100;
const reading = fc.record({
  pause_ms: fc.integer({ min: 1, max: 2 * 3_600_000 }),
  way_there_ms: fc.integer({ min: 0, max: 1_500 }),
  way_back_ms: fc.integer({ min: 0, max: 1_500 }),
  is_lost: fc.boolean(),
  /** The host's own error, as a part of its bound. */
  host_error: fc.double({ min: -1, max: 1, noNaN: true }),
  drift: fc.double({ min: -1, max: 1, noNaN: true }),
});
const story = fc.record({
  offset_ms: fc.integer({ min: -3 * 3_600_000, max: 3 * 3_600_000 }),
  host_bound_ms: fc.integer({ min: 0, max: 200 }),
  readings: fc.array(reading, { minLength: 1, maxLength: 40 }),
  /**
   * A step after this reading, if there are so many; so large that it must be seen: two readings are up to 4.4 s wide
   * each, and 40 lost answers two hours apart let 29 s of drift to either side.
   */
  step_after: fc.integer({ min: 0, max: 60 }),
  step_ms: fc.oneof(
    fc.integer({ min: 100_000, max: 8_000_000 }),
    fc.integer({ min: -8_000_000, max: -100_000 }),
  ),
});

interface Told {
  readonly history: ClockOffsetEstimate[];
  /** True offsets at true times, as they were. */
  readonly truths: { readonly at_ms: number; readonly offset_ms: number; readonly is_stepped: boolean }[];
  readonly steps_seen: number;
  readonly read_after_step: number;
}

function tell(s: typeof story extends fc.Arbitrary<infer S> ? S : never): Told {
  const history: ClockOffsetEstimate[] = [];
  const truths: Told['truths'] = [];
  let [now_ms, offset_ms, is_stepped, steps_seen, read_before, read_after_step] = [
    START,
    s.offset_ms,
    false,
    0,
    0,
    0,
  ];
  s.readings.forEach((one, n) => {
    if (n === s.step_after) {
      offset_ms += s.step_ms;
      is_stepped = true;
    }
    const passed_ms = one.pause_ms + one.way_there_ms + one.way_back_ms;
    offset_ms += (one.drift * DRIFT_PPM * passed_ms) / 1_000_000;
    const sent_ms = now_ms + one.pause_ms;
    const at_ms = sent_ms + one.way_there_ms;
    now_ms = at_ms + one.way_back_ms;
    truths.push({ at_ms: now_ms, offset_ms, is_stepped });
    if (one.is_lost) return;
    const host_ms = one.host_error * s.host_bound_ms;
    const answer: ClockReading = {
      device_time_ms: Math.floor((at_ms + offset_ms) / 1000) * 1000,
      ...{ resolution_ms: 1000, sent_at_ms: sent_ms + host_ms, received_at_ms: now_ms + host_ms },
      method: 'onvif_utc',
    };
    const result = narrow(history.at(-1) ?? null, answer, {
      ...{ drift_ppm: DRIFT_PPM, host_bound_ms: s.host_bound_ms, host_synchronised: true },
    });
    if (result.kind === 'unchanged') return;
    if (result.kind === 'step') steps_seen += 1;
    if (is_stepped && read_before > 0) read_after_step += 1;
    if (!is_stepped) read_before += 1;
    const is_same = history.at(-1)?.epoch_from_ms === result.estimate.epoch_from_ms;
    if (is_same) history.pop();
    history.push(result.estimate);
  });
  return { history, truths, steps_seen, read_after_step };
}

describe('the offset of a clock, whatever clock and network', () => {
  it('always contains the truth at the last reading', () => {
    fc.assert(
      fc.property(story, (s) => {
        const { history, truths } = tell(s);
        const last = history.at(-1);
        if (last === undefined) return;
        const truth = truths.findLast(({ at_ms }) => at_ms <= last.last_reading_ms + s.host_bound_ms + 1)!;
        expect(last.min_ms).toBeLessThanOrEqual(truth.offset_ms);
        expect(last.max_ms).toBeGreaterThanOrEqual(truth.offset_ms);
      }),
      { numRuns: 400 },
    );
  });

  it('sees a step at the next reading, once, and takes nothing else for one', () => {
    fc.assert(
      fc.property(story, (s) => {
        const { steps_seen, read_after_step } = tell(s);
        expect(steps_seen).toBe(read_after_step > 0 ? 1 : 0);
      }),
      { numRuns: 400 },
    );
  });

  it('tells which offset held at any past time: one of the pieces or alternatives holds the truth', () => {
    fc.assert(
      fc.property(story, (s) => {
        const { history, truths, read_after_step } = tell(s);
        // A step that no later reading showed cannot be known of.
        const told = truths.filter(({ is_stepped }) => !is_stepped || read_after_step > 0);
        const is_unseen_past = read_after_step === 0 && truths.some(({ is_stepped }) => is_stepped);
        if (history.length === 0 || is_unseen_past) return;
        for (const { at_ms, offset_ms } of told) {
          const span = { start_ms: Math.floor(at_ms), end_ms: Math.floor(at_ms) + 1 };
          const knowledge = offsetAt(history, span, DRIFT_PPM);
          if (knowledge.kind === 'unknown') throw new Error('unknown');
          // The host's own bound: the time asked about is the host's, too.
          const slack_ms = s.host_bound_ms + 2;
          const holds = knowledge.pieces.some(
            ({ min_ms, max_ms }) => min_ms - slack_ms <= offset_ms && offset_ms <= max_ms + slack_ms,
          );
          expect(holds).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('narrows nothing on a host that is not synchronised', () => {
    fc.assert(
      fc.property(story, (s) => {
        const known = tell(s).history.at(-1) ?? null;
        const sent_at_ms = START + 1e9;
        const answer = {
          device_time_ms: START,
          resolution_ms: 1000,
          sent_at_ms,
          received_at_ms: sent_at_ms + 9,
        };
        const conditions = { drift_ppm: DRIFT_PPM, host_bound_ms: 0, host_synchronised: false };
        const result = narrow(known, { ...answer, method: 'onvif_utc' }, conditions);
        expect(result).toEqual({ kind: 'unchanged', estimate: known, reason: 'host_not_synchronised' });
      }),
      { numRuns: 50 },
    );
  });
});

describe('the rate of a clock', () => {
  const HOUR = 3_600_000;
  /** A clock that runs `ppm` fast, measured to ± 50 ms every `every_ms`. */
  const run = (ppm: number, count: number, every_ms: number, began_as: 'continued' | 'step') =>
    Array.from({ length: count }, (_, n): ClockOffsetEstimate => {
      const at = START + n * every_ms;
      const off = Math.round((ppm * n * every_ms) / 1_000_000);
      return {
        ...{ epoch_from_ms: at, began_as: n === 0 ? 'first' : began_as, min_ms: off - 50, max_ms: off + 50 },
        ...{ first_reading_ms: at, last_reading_ms: at, readings: 3, method: 'onvif_utc' },
      };
    });

  it('lies within its bounds, which tighten with time', () => {
    fc.assert(
      fc.property(fc.integer({ min: -90, max: 90 }), fc.integer({ min: 2, max: 40 }), (ppm, count) => {
        const rate = driftRate(run(ppm, count, 6 * HOUR, 'continued'))!;
        expect(rate.min_ppm).toBeLessThanOrEqual(ppm + 0.1);
        expect(rate.max_ppm).toBeGreaterThanOrEqual(ppm - 0.1);
        expect(rate.max_ppm - rate.min_ppm).toBeLessThanOrEqual(200 / ((count - 1) * 21.6) + 0.1);
      }),
    );
  });
  it('is not told from readings too near to one another, nor across a step', () => {
    expect(driftRate(run(50, 2, HOUR, 'continued'))).toBeNull();
    expect(driftRate(run(50, 5, 6 * HOUR, 'step'))).toBeNull();
  });
  it('raises the bound reckoned with where a clock is faster than was configured, and never lowers it', () => {
    expect(driftBound_ppm(run(500, 6, HOUR, 'step'), 100)).toBeGreaterThanOrEqual(500);
    expect(driftBound_ppm(run(5, 6, 6 * HOUR, 'continued'), 100)).toBe(100);
    const once_set = [...run(0, 3, HOUR, 'continued'), ...run(0, 1, HOUR, 'step')];
    expect(driftBound_ppm(once_set, 100)).toBe(100);
  });
});

describe('a clock read by eye', () => {
  it('bounds the truth, whatever the phone, the way and the hand', () => {
    const bounds = { human_bound_ms: 1_000, challenge_valid_ms: 600_000 };
    const sight = fc.record({
      offset_ms: fc.integer({ min: -5_000_000, max: 5_000_000 }),
      way_there_ms: fc.nat(800),
      way_back_ms: fc.nat(800),
      waited_ms: fc.nat(500_000),
      hand_ms: fc.integer({ min: -1_000, max: 1_000 }),
      phone_ppm: fc.integer({ min: -150, max: 150 }),
    });
    fc.assert(
      fc.property(sight, ({ offset_ms, way_there_ms, way_back_ms, waited_ms, hand_ms, phone_ppm }) => {
        const issued_at_ms = START;
        const pressed_ms = issued_at_ms + way_back_ms + waited_ms;
        const seen_ms = pressed_ms + hand_ms;
        const reading = readingOfSight(
          {
            shown_ms: Math.floor((seen_ms + offset_ms) / 1000) * 1000,
            issued_at_ms,
            round_trip_ms: way_there_ms + way_back_ms,
            elapsed_ms: waited_ms * (1 + phone_ppm / 1_000_000),
            entered_at_ms: pressed_ms + 5_000,
          },
          bounds,
        );
        const result = narrow(null, reading, { drift_ppm: 0, host_bound_ms: 0, host_synchronised: true });
        if (result.kind === 'unchanged') throw new Error(result.reason);
        expect(result.estimate.min_ms).toBeLessThanOrEqual(offset_ms);
        expect(result.estimate.max_ms).toBeGreaterThanOrEqual(offset_ms);
      }),
    );
  });
  it('is refused when it lies before its challenge, after its entry, or too long after', () => {
    const bounds = { human_bound_ms: 1_000, challenge_valid_ms: 600_000 };
    const sight = { shown_ms: START, issued_at_ms: START, round_trip_ms: 20, elapsed_ms: 5_000 };
    const enter = (change: object) => () =>
      readingOfSight({ ...sight, entered_at_ms: START + 6_000, ...change }, bounds);
    expect(enter({})).not.toThrow();
    expect(enter({ elapsed_ms: -1 })).toThrow(expect.objectContaining({ code: 'CLOCK_SIGHT_IMPOSSIBLE' }));
    expect(enter({ elapsed_ms: 7_000 })).toThrow(expect.objectContaining({ code: 'CLOCK_SIGHT_IMPOSSIBLE' }));
    expect(enter({ entered_at_ms: START + 700_000 })).toThrow(
      expect.objectContaining({ code: 'CLOCK_CHALLENGE_EXPIRED' }),
    );
  });
});
