import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTimes, MASTER_TIMESCALE, microsecondsToTicks, sampleTimes } from './sample-times.ts';

/** Presentation times of any order, as hostile as a stream may be. */
const presentations = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), {
  minLength: 1,
  maxLength: 60,
});

describe('decode times', () => {
  it('increase strictly and never lie after the presentation, whatever the order of frames', () => {
    fc.assert(
      fc.property(presentations, (times) => {
        const decode = decodeTimes(Float64Array.from(times));
        for (let index = 0; index < times.length; index++) {
          expect(decode[index]!).toBeLessThanOrEqual(times[index]!);
          if (index > 0) expect(decode[index]!).toBeGreaterThan(decode[index - 1]!);
        }
      }),
    );
  });

  it('are as late as they can be', () => {
    fc.assert(
      fc.property(presentations, (times) => {
        const decode = decodeTimes(Float64Array.from(times));
        for (let index = 0; index < times.length; index++) {
          const next = decode[index + 1] ?? Number.POSITIVE_INFINITY;
          expect(decode[index]! === times[index]! || decode[index]! === next - 1).toBe(true);
        }
      }),
    );
  });

  it('equal the presentation times where nothing is reordered', () => {
    expect([...decodeTimes(Float64Array.of(0, 3600, 7200))]).toEqual([0, 3600, 7200]);
  });

  it('begin below zero when the first frames are reordered', () => {
    // I0 P3 B1 B2: the keyframe is decoded just before the B-frames allow.
    expect([...decodeTimes(Float64Array.of(0, 3, 1, 2))]).toEqual([-1, 0, 1, 2]);
  });
});

describe('times of a master', () => {
  it('count from the first presented frame, which need not be the first decoded', () => {
    const times = sampleTimes(Float64Array.of(5_080_000, 5_000_000, 5_040_000));
    expect(times.origin_us).toBe(5_000_000);
    expect(times.last_us).toBe(5_080_000);
    expect([...times.presentation]).toEqual([7200, 0, 3600]);
  });

  it('give the last frame the duration of the one presented before it', () => {
    expect(sampleTimes(Float64Array.of(0, 40_000, 140_000)).duration).toBe(9000 + 3600 + 9000);
  });

  it('give a lone frame the duration of one frame at 25 a second', () => {
    expect(sampleTimes(Float64Array.of(123_456)).duration).toBe(MASTER_TIMESCALE / 25);
  });

  it('carry a time of a 90 kHz clock exactly, though it passed through microseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (ticks) => {
        expect(microsecondsToTicks(Math.round((ticks * 100) / 9))).toBe(ticks);
      }),
    );
  });
});
