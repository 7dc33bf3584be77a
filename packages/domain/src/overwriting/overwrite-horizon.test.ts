import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../limits.ts';
import { overwriteAt_ms, retentionDepth, workDeadline_ms } from './overwrite-horizon.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 22);

describe('the horizon of overwriting', () => {
  it('is unknown while the recorder was never seen to overwrite', () => {
    const still = [0, 1, 2].map((hours) => ({
      retained_start_ms: NOW - 3 * DAY,
      observed_at_ms: NOW + hours * HOUR,
    }));
    expect(retentionDepth(still)).toBeNull();
    expect(overwriteAt_ms(still, NOW)).toBeNull();
    expect(overwriteAt_ms([], NOW)).toBeNull();
  });
  it('follows a full recorder', () => {
    const full = [0, 1, 2].map((hours) => ({
      retained_start_ms: NOW - 7 * DAY + hours * HOUR,
      observed_at_ms: NOW + hours * HOUR,
    }));
    expect(overwriteAt_ms(full, NOW)).toBe(NOW + 7 * DAY);
  });
  it('is the earliest of what was seen, when the depth changes', () => {
    const shrinking = [7, 6, 5].map((days, i) => ({
      retained_start_ms: NOW + i * DAY - days * DAY,
      observed_at_ms: NOW + i * DAY,
    }));
    expect(overwriteAt_ms(shrinking, NOW)).toBe(NOW + 5 * DAY);
  });
  it('has passed for what is already gone, since somebody first saw it gone', () => {
    const observations = [
      { retained_start_ms: NOW - DAY, observed_at_ms: NOW },
      { retained_start_ms: NOW - HOUR, observed_at_ms: NOW + DAY },
      { retained_start_ms: NOW, observed_at_ms: NOW + DAY + HOUR },
    ];
    expect(overwriteAt_ms(observations, NOW - 2 * HOUR)).toBe(NOW + DAY);
  });
  it('is never later than when a recorder of steady depth truly overwrites, however it deletes', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 6 * HOUR }), { minLength: 2, maxLength: 30 });
    const file_ms = fc.integer({ min: 1, max: 4 * HOUR });
    fc.assert(
      fc.property(looks, file_ms, fc.integer({ min: 0, max: 10 * DAY }), (pauses, file, from_start) => {
        const depth = 7 * DAY;
        let now = NOW;
        const observations = pauses.map((pause) => {
          now += pause;
          // Whole files are deleted when their last instant has become older than the depth.
          return { retained_start_ms: Math.ceil((now - depth) / file) * file, observed_at_ms: now };
        });
        const instant = now - depth + from_start;
        const expected = overwriteAt_ms(observations, instant);
        const truth = (Math.floor(instant / file) + 1) * file + depth;
        if (expected !== null) expect(expected).toBeLessThanOrEqual(Math.max(truth, now));
      }),
    );
  });
});

describe('the order of work', () => {
  const item = {
    overwrite_at_ms: NOW + DAY,
    wanted_start_ms: NOW - HOUR,
    is_urgent: false,
    submitted_at_ms: NOW,
  };
  it('puts first what is lost first', () => {
    expect(workDeadline_ms(item)).toBe(NOW + DAY);
    expect(workDeadline_ms({ ...item, overwrite_at_ms: null })).toBe(
      NOW - HOUR + LIMITS.retention_assumed_ms,
    );
  });
  it('puts urgent items before everything but footage lost even sooner', () => {
    const urgent = workDeadline_ms({ ...item, is_urgent: true });
    expect(urgent).toBeLessThan(workDeadline_ms(item));
    expect(urgent).toBeGreaterThan(workDeadline_ms({ ...item, overwrite_at_ms: NOW + 60_000 }));
  });
});
