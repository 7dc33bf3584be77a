import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAMERA_STATES } from '../vocabulary/network.ts';
import { attestedStretches, spanInUse, timeByState, uptimeOf } from './uptime.ts';

const MINUTE = 60_000;
const span = { start_ms: 0, end_ms: 100 * MINUTE };
const seen = (state: (typeof CAMERA_STATES)[number], from: number, until: number) => ({
  state,
  from_ms: from * MINUTE,
  until_ms: until * MINUTE,
});
const minutes = (times: ReturnType<typeof timeByState>) =>
  Object.fromEntries(Object.entries(times).map(([state, ms]) => [state, ms / MINUTE]));

describe('time by state', () => {
  it('gives the time between two polls to the state seen before', () => {
    const times = timeByState([seen('online', 0, 40), seen('offline', 45, 100)], span, 15 * MINUTE);
    expect(minutes(times)).toEqual({ online: 45, degraded: 0, offline: 55, refused: 0, unknown: 0 });
  });
  it('calls unknown what nobody watched: before the first poll, in long gaps, and after the last', () => {
    const times = timeByState([seen('online', 10, 20), seen('online', 60, 70)], span, 5 * MINUTE);
    expect(minutes(times)).toMatchObject({ online: 30, unknown: 70 });
  });
  it('cuts intervals at the ends of the span', () => {
    const part = { start_ms: 10 * MINUTE, end_ms: 20 * MINUTE };
    expect(minutes(timeByState([seen('refused', 0, 100)], part, 0))).toMatchObject({
      refused: 10,
      unknown: 0,
    });
  });
  it('always adds up to the span, whatever was seen', () => {
    const step = fc.record({
      state: fc.constantFrom(...CAMERA_STATES),
      pause: fc.nat(50),
      length: fc.nat(50),
    });
    fc.assert(
      fc.property(fc.array(step), fc.nat(30), (steps, gap) => {
        let at = -30;
        const intervals = steps.map(({ state, pause, length }) => {
          const from = at + pause;
          at = from + length;
          return seen(state, from, at);
        });
        const times = timeByState(intervals, span, gap * MINUTE);
        const sum = Object.values(times).reduce((a, b) => a + b, 0);
        expect(sum).toBe(100 * MINUTE);
        expect(Math.min(...Object.values(times))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('uptime', () => {
  it('is told over all time and over the time that is known', () => {
    const { working_of_all, working_of_known } = uptimeOf({
      online: 30,
      degraded: 10,
      offline: 10,
      refused: 0,
      unknown: 50,
    });
    expect([working_of_all, working_of_known]).toEqual([0.4, 0.8]);
    expect(
      uptimeOf({ online: 0, degraded: 0, offline: 0, refused: 0, unknown: 9 }).working_of_known,
    ).toBeNull();
  });
  it('takes an attestation for true until it is too old or another one comes', () => {
    const words = [
      { at_ms: 60 * MINUTE, works: false },
      { at_ms: 0, works: true },
    ];
    const times = timeByState(attestedStretches(words, 30 * MINUTE), span, 0);
    expect(minutes(times)).toMatchObject({ online: 30, offline: 30, unknown: 40 });
  });
  it('lets a word hold no longer than until the next one', () => {
    const words = [
      { at_ms: 20, works: false },
      { at_ms: 10, works: true },
    ];
    expect(attestedStretches(words, 30)).toEqual([
      { state: 'online', from_ms: 10, until_ms: 20 },
      { state: 'offline', from_ms: 20, until_ms: 50 },
    ]);
  });
  it('counts a camera from its registration to its retirement', () => {
    expect(spanInUse({ created_at_ms: 5, retired_at_ms: 50 }, { start_ms: 0, end_ms: 100 })).toEqual({
      start_ms: 5,
      end_ms: 50,
    });
    expect(spanInUse({ created_at_ms: 5, retired_at_ms: 50 }, { start_ms: 60, end_ms: 100 })).toBeNull();
  });
});
