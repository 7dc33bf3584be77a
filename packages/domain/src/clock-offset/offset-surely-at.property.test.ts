import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driftBound_ppm } from './drift.ts';
import type { ClockOffsetEstimate } from './estimate.ts';
import { narrow, nextReadingDelay_ms } from './narrow.ts';
import { offsetAt } from './offset-at.ts';
import { offsetSurelyAt } from './offset-surely-at.ts';

const START = Date.UTC(2026, 10, 22, 8);
const CONFIGURED_PPM = 100;
const HOUR = 3_600_000;
const PERIOD_MS = 300_000;

interface Truth {
  readonly at_ms: number;
  readonly offset_ms: number;
}

/** A clock polled every five minutes, each reading timed to tell most, whose rate is `rates[n]` before the n-th poll. */
function poll(offset_ms: number, rates: readonly number[], way_ms: number) {
  const history: ClockOffsetEstimate[] = [];
  const truths: Truth[] = [];
  let [now_ms, offset] = [START, offset_ms];
  for (const ppm of rates) {
    const wait_ms = nextReadingDelay_ms(history.at(-1) ?? null, now_ms + PERIOD_MS, 2 * way_ms, 1_000);
    const passed_ms = PERIOD_MS + wait_ms + way_ms;
    // Half-way between two polls as well: footage is recorded all the time.
    truths.push({ at_ms: now_ms + passed_ms / 2, offset_ms: offset + (ppm * passed_ms) / 2_000_000 });
    offset += (ppm * passed_ms) / 1_000_000;
    now_ms += passed_ms;
    truths.push({ at_ms: now_ms, offset_ms: offset });
    const device_time_ms = Math.floor((now_ms + offset) / 1_000) * 1_000;
    const result = narrow(
      history.at(-1) ?? null,
      {
        ...{ device_time_ms, resolution_ms: 1_000, sent_at_ms: now_ms - way_ms },
        ...{ received_at_ms: now_ms + way_ms, method: 'onvif_utc' },
      },
      { drift_ppm: CONFIGURED_PPM, host_bound_ms: 0, host_synchronised: true },
    );
    now_ms += way_ms;
    if (result.kind === 'unchanged') throw new Error(result.reason);
    if (history.at(-1)?.epoch_from_ms === result.estimate.epoch_from_ms) history.pop();
    history.push(result.estimate);
  }
  return { history, truths };
}

/** Times at which no interval and no alternative holds the truth. */
function missed({ history, truths }: ReturnType<typeof poll>) {
  return truths.filter(({ at_ms, offset_ms }) => {
    const span = { start_ms: Math.floor(at_ms), end_ms: Math.floor(at_ms) + 1 };
    const known = offsetSurelyAt(history, span, CONFIGURED_PPM);
    if (known.kind === 'unknown') return true;
    const offsets = known.pieces.flatMap((piece) =>
      piece.alternatives.length > 0 ? piece.alternatives : [piece],
    );
    return !offsets.some(({ min_ms, max_ms }) => min_ms - 2 <= offset_ms && offset_ms <= max_ms + 2);
  });
}

const offset = fc.integer({ min: -3 * 3_600_000, max: 3 * 3_600_000 });
const way = fc.nat(150);
const POLLS = 60;
const sign = fc.constantFrom(1, -1);

describe('the offset that footage is taken by', () => {
  it('holds the truth of a clock within the configured drift, however it changes', () => {
    const rates = fc.array(fc.integer({ min: -CONFIGURED_PPM, max: CONFIGURED_PPM }), {
      minLength: 1,
      maxLength: POLLS,
    });
    fc.assert(
      fc.property(offset, rates, way, (ms, ppm, way_ms) => {
        expect(missed(poll(ms, ppm, way_ms))).toEqual([]);
      }),
    );
  });

  it('holds the truth of a clock that is constantly faster than was configured, once its history shows it', () => {
    fc.assert(
      fc.property(offset, fc.integer({ min: 150, max: 1_500 }), sign, way, (ms, ppm, s, way_ms) => {
        const told = poll(ms, Array(POLLS).fill(s * ppm), way_ms);
        if (driftBound_ppm(told.history, CONFIGURED_PPM) === CONFIGURED_PPM) return;
        expect(missed(told)).toEqual([]);
      }),
    );
  });

  it('holds the truth of such a clock while its drift changes by a half', () => {
    const changes = fc.array(fc.double({ min: 0.5, max: 1.5, noNaN: true }), {
      minLength: POLLS,
      maxLength: POLLS,
    });
    fc.assert(
      fc.property(
        offset,
        fc.integer({ min: 300, max: 900 }),
        sign,
        changes,
        way,
        (ms, ppm, s, by, way_ms) => {
          const told = poll(
            ms,
            by.map((factor) => s * ppm * factor),
            way_ms,
          );
          if (driftBound_ppm(told.history, CONFIGURED_PPM) === CONFIGURED_PPM) return;
          expect(missed(told)).toEqual([]);
        },
      ),
    );
  });

  /** A clock 500 ppm fast, caught every hour; the last of its stretches contradict one another. */
  const fast = (...contradicting: readonly number[]): ClockOffsetEstimate[] => {
    const at = (n: number, off_ms: number, began_as: ClockOffsetEstimate['began_as']) => ({
      ...{ epoch_from_ms: START + n * HOUR, began_as, min_ms: off_ms - 50, max_ms: off_ms + 50 },
      ...{ first_reading_ms: START + n * HOUR, last_reading_ms: START + n * HOUR },
      ...{ readings: 3, method: 'onvif_utc' as const },
    });
    const steps = [0, 1, 2, 3, 4].map((n) => at(n, n * 1_800, n === 0 ? 'first' : 'step'));
    return [...steps, ...contradicting.map((off_ms, i) => at(5 + i, off_ms, 'continued'))];
  };
  const pieceAt = (history: ClockOffsetEstimate[], hour: number) => {
    const span = { start_ms: START + hour * HOUR, end_ms: START + hour * HOUR + 1 };
    const known = offsetSurelyAt(history, span, CONFIGURED_PPM);
    return known.kind === 'known' ? known.pieces[0]! : null;
  };

  it('reaches a day on as far as the fast clock may have run', () => {
    const { min_ms, max_ms } = pieceAt(fast(), 28)!;
    expect(max_ms).toBeGreaterThanOrEqual(7_200 + 43_200);
    expect(min_ms).toBeLessThanOrEqual(7_200 - 43_200);
  });

  it('keeps both of two measurements that the configured drift cannot bring together', () => {
    const piece = pieceAt(fast(9_900), 4.5)!;
    expect(piece.min_ms).toBeLessThanOrEqual(7_150 - 180);
    expect(piece.max_ms).toBeGreaterThanOrEqual(9_950 + 180);
  });

  it('is never narrower than with the configured drift, whatever the history', () => {
    const stretch = fc.record({
      pause_ms: fc.integer({ min: 1, max: 6 * 3_600_000 }),
      lasts_ms: fc.nat(6 * 3_600_000),
      moved_ms: fc.integer({ min: -2_000, max: 2_000 }),
      width_ms: fc.nat(1_000),
      began_as: fc.constantFrom('step' as const, 'step' as const, 'continued' as const),
    });
    const asked = fc.tuple(fc.integer({ min: -4, max: 30 }), fc.integer({ min: 1, max: 7_200_000 }));
    fc.assert(
      fc.property(
        fc.array(stretch, { minLength: 1, maxLength: 9 }),
        asked,
        (stretches, [hour, length_ms]) => {
          let [at_ms, offset_ms] = [START, 0];
          const history = stretches.map((one): ClockOffsetEstimate => {
            const first_reading_ms = at_ms + one.pause_ms;
            at_ms = first_reading_ms + one.lasts_ms;
            offset_ms += one.moved_ms;
            const bounds = { min_ms: offset_ms, max_ms: offset_ms + one.width_ms };
            const times = { epoch_from_ms: first_reading_ms, first_reading_ms, last_reading_ms: at_ms };
            return { ...bounds, ...times, began_as: one.began_as, readings: 2, method: 'onvif_utc' };
          });
          const start_ms = START + hour * 3_600_000;
          const span = { start_ms, end_ms: start_ms + length_ms };
          const usual = offsetAt(history, span, CONFIGURED_PPM);
          const surely = offsetSurelyAt(history, span, CONFIGURED_PPM);
          if (usual.kind === 'unknown' || surely.kind === 'unknown') throw new Error('measured');
          expect(surely.pieces.map((piece) => piece.span)).toEqual(usual.pieces.map((piece) => piece.span));
          surely.pieces.forEach((piece, i) => {
            const pairs = [piece, ...piece.alternatives];
            [usual.pieces[i]!, ...usual.pieces[i]!.alternatives].forEach((narrower, n) => {
              expect(pairs[n]!.min_ms).toBeLessThanOrEqual(narrower.min_ms);
              expect(pairs[n]!.max_ms).toBeGreaterThanOrEqual(narrower.max_ms);
            });
          });
        },
      ),
    );
  });
});
