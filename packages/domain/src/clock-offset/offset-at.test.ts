import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClockOffsetEstimate, EpochBeginning } from './estimate.ts';
import { deviceSpan, offsetOfReading, trueInterval } from './offset.ts';
import { offsetAt } from './offset-at.ts';

const HOUR = 3_600_000;

function stretch(
  from_ms: number,
  to_ms: number,
  bounds: readonly [number, number],
  began_as: EpochBeginning = 'first',
): ClockOffsetEstimate {
  return {
    epoch_from_ms: from_ms,
    began_as,
    min_ms: bounds[0],
    max_ms: bounds[1],
    first_reading_ms: from_ms,
    last_reading_ms: to_ms,
    readings: 7,
    method: 'onvif_utc',
  };
}

const minute = (from_ms: number) => ({ start_ms: from_ms, end_ms: from_ms + 60_000 });

describe('offsetAt', () => {
  it('knows nothing without a measurement', () => {
    expect(offsetAt([], minute(0), 20)).toEqual({ kind: 'unknown' });
  });
  it('refuses an empty span', () => {
    expect(() => offsetAt([], { start_ms: 5, end_ms: 5 }, 20)).toThrow(
      expect.objectContaining({ code: 'SPAN_EMPTY' }),
    );
  });
  it('widens for drift between the footage and a later measurement, and says so', () => {
    const known = offsetAt([stretch(10 * HOUR, 10 * HOUR, [100, 150])], minute(9 * HOUR), 50);
    expect(known).toEqual({
      kind: 'known',
      pieces: [
        {
          span: minute(9 * HOUR),
          min_ms: -80,
          max_ms: 330,
          basis: 'measured_later',
          measured_at_ms: 10 * HOUR,
          alternatives: [],
        },
      ],
    });
  });
  it.each([
    ['measured_earlier', 12],
    ['measured_around', 10.5],
    ['measured_later', 9],
  ])('calls a measurement %s', (basis, hour) => {
    const history = [stretch(10 * HOUR, 11 * HOUR, [100, 150])];
    expect(offsetAt(history, minute(hour * HOUR), 50)).toMatchObject({ pieces: [{ basis }] });
  });
  it('uses old bounds for old footage and new ones for new footage', () => {
    const history = [stretch(0, HOUR, [0, 20]), stretch(2 * HOUR, 48 * HOUR, [900, 950], 'continued')];
    const old = offsetAt(history, minute(HOUR), 50);
    expect(old).toMatchObject({ pieces: [{ min_ms: -3, max_ms: 23, basis: 'measured_around' }] });
    expect(offsetAt(history, minute(48 * HOUR), 50)).toMatchObject({
      pieces: [{ min_ms: 897, max_ms: 953 }],
    });
  });
  it('splits the span where the clock was set, and claims neither offset in between', () => {
    const history = [stretch(0, 1000, [0, 10]), stretch(3000, 9000, [5000, 5010], 'step')];
    const known = offsetAt(history, { start_ms: 500, end_ms: 4000 }, 0);
    expect(known).toMatchObject({
      pieces: [
        { span: { start_ms: 500, end_ms: 1000 }, min_ms: 0, max_ms: 10, basis: 'measured_around' },
        {
          span: { start_ms: 1000, end_ms: 3000 },
          min_ms: 0,
          max_ms: 5010,
          basis: 'step_within',
          alternatives: [
            { min_ms: 0, max_ms: 10 },
            { min_ms: 5000, max_ms: 5010 },
          ],
        },
        { span: { start_ms: 3000, end_ms: 4000 }, min_ms: 5000, max_ms: 5010, basis: 'measured_around' },
      ],
    });
  });
  it('claims only the hull of measurements that contradict each other', () => {
    const history = [stretch(0, 0, [0, 10]), stretch(1000, 1000, [500, 510], 'continued')];
    expect(offsetAt(history, { start_ms: 0, end_ms: 1000 }, 1)).toMatchObject({
      pieces: [{ min_ms: -1, max_ms: 511 }],
    });
  });
  it('covers the span in order and holds the truth, whatever was measured', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: -900, max: 900 })), {
      minLength: 1,
      maxLength: 6,
    });
    const wanted = fc.tuple(fc.integer({ min: -50, max: 400 }), fc.integer({ min: 1, max: 200 }));
    fc.assert(
      fc.property(steps, wanted, ([...changes], [start_ms, length]) => {
        let at = 0;
        let offset = 0;
        const history = changes.map(([pause, change], i) => {
          offset += change;
          const from = at + pause;
          at = from + 20;
          return stretch(from, at, [offset - 3, offset + 3], i === 0 ? 'first' : 'step');
        });
        const span = { start_ms, end_ms: start_ms + length };
        const known = offsetAt(history, span, 0);
        if (known.kind === 'unknown') throw new Error('something was measured');
        let covered_to = span.start_ms;
        for (const piece of known.pieces) {
          expect(piece.span.start_ms).toBe(covered_to);
          covered_to = piece.span.end_ms;
          for (const row of history) {
            const meets =
              row.first_reading_ms < piece.span.end_ms && row.last_reading_ms > piece.span.start_ms;
            if (meets) expect(piece.min_ms).toBeLessThanOrEqual(row.min_ms);
            if (meets) expect(piece.max_ms).toBeGreaterThanOrEqual(row.max_ms);
          }
        }
        expect(covered_to).toBe(span.end_ms);
      }),
    );
  });
});

describe('offsets in use', () => {
  it('widen the wanted span on the device by the bound', () => {
    expect(deviceSpan(minute(0), { min_ms: -5, max_ms: 7 })).toEqual({ start_ms: -5, end_ms: 60_007 });
  });
  it('give every device time the true instants it may mean', () => {
    expect(trueInterval(1000, { min_ms: -5, max_ms: 7 })).toEqual({ earliest_ms: 993, latest_ms: 1005 });
  });
  it('ask for every frame of the wanted span, whichever offset is the true one', () => {
    const bounds = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.nat(100), fc.nat(100));
    fc.assert(
      fc.property(bounds, fc.integer({ min: 0, max: 59_999 }), ([true_offset, below, above], instant) => {
        const offset = { min_ms: true_offset - below, max_ms: true_offset + above };
        const asked = deviceSpan(minute(0), offset);
        const stamped = instant + true_offset;
        expect(asked.start_ms <= stamped && stamped < asked.end_ms).toBe(true);
        const meant = trueInterval(stamped, offset);
        expect(meant.earliest_ms <= instant && instant <= meant.latest_ms).toBe(true);
      }),
    );
  });
  it('refuse a reading answered before it was asked', () => {
    const reading = {
      device_time_ms: 0,
      resolution_ms: 1000,
      sent_at_ms: 10,
      received_at_ms: 9,
      method: 'photo',
    } as const;
    expect(() => offsetOfReading(reading)).toThrow(
      expect.objectContaining({ code: 'CLOCK_READING_INVALID' }),
    );
  });
});
