import { describe, expect, it } from 'vitest';
import { nextDue_ms } from './cooldown.ts';

const PERIOD_MS = 300_000;
const SWEEP = { now_ms: 1_000, next_ms: 1_000 + PERIOD_MS };
const COOLDOWN = { failures_free: 3, pause_ms_max: 900_000 };

describe('the cooldown of a failing recorder', () => {
  it('does not touch one that answers, nor the first failures', () => {
    for (const failures of [0, 1, 2, 3]) {
      expect(nextDue_ms(failures, SWEEP, COOLDOWN, 0)).toBe(SWEEP.next_ms);
    }
  });

  it('doubles the pause up to its most, and never beyond', () => {
    const pauses = [4, 5, 6, 40].map((failures) => nextDue_ms(failures, SWEEP, COOLDOWN, 0) - SWEEP.now_ms);
    expect(pauses).toEqual([600_000, 900_000, 900_000, 900_000]);
  });

  it('takes up to a quarter off by chance, but never asks before the next sweep', () => {
    expect(nextDue_ms(4, SWEEP, COOLDOWN, 1) - SWEEP.now_ms).toBe(450_000);
    const short = { failures_free: 3, pause_ms_max: 10_000 };
    expect(nextDue_ms(9, SWEEP, short, 1)).toBe(SWEEP.next_ms);
  });
});
