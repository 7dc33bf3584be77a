import type { ClockOffsetEstimate } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { otherSides, planSearches } from './searches.ts';

const NOON = Date.UTC(2026, 10, 22, 5, 0, 0);
const APPROVED = { start_ms: NOON, end_ms: NOON + 60_000 };
const CONDITIONS = { drift_ppm: 0, unknown_offset_margin_ms: 120_000, time_resolution_ms: 0 };

function estimate(
  at_ms: number,
  min_ms: number,
  max_ms: number,
  began_as: 'first' | 'step',
): ClockOffsetEstimate {
  return {
    epoch_from_ms: at_ms,
    began_as,
    first_reading_ms: at_ms,
    last_reading_ms: at_ms + 1000,
    readings: 6,
    min_ms,
    max_ms,
    method: 'onvif_utc',
  };
}

describe('planning what to ask a recorder for', () => {
  it('widens the approved span by the bounds of the offset, in the recorder own time', () => {
    const history = [estimate(NOON - 10_000, 2_459_960, 2_460_040, 'first')];
    const [search, ...others] = planSearches(APPROVED, history, CONDITIONS);
    expect(others).toEqual([]);
    expect(search?.device_span).toEqual({ start_ms: NOON + 2_459_960, end_ms: NOON + 60_000 + 2_460_040 });
  });

  it('asks with the configured margin, and says so, when the clock was never measured', () => {
    const [search] = planSearches(APPROVED, [], CONDITIONS);
    expect(search).toMatchObject({
      basis: 'assumed',
      measured_at_ms: null,
      device_span: { start_ms: NOON - 120_000, end_ms: NOON + 180_000 },
    });
  });

  it('asks as widely as a clock runs that was seen to be faster than is configured', () => {
    const HOUR = 3_600_000;
    const history = [0, 1, 2, 3, 4].map((n) =>
      estimate(NOON - (9 - n) * HOUR, n * 1_800 - 50, n * 1_800 + 50, n === 0 ? 'first' : 'step'),
    );
    const [search] = planSearches(APPROVED, history, { ...CONDITIONS, drift_ppm: 100 });
    // Five hours at 500 ppm from the last reading, where 100 ppm would be 1.8 s.
    expect(search!.device_span.end_ms - APPROVED.end_ms).toBeGreaterThanOrEqual(7_200 + 9_000);
    expect(search!.device_span.start_ms - APPROVED.start_ms).toBeLessThanOrEqual(7_200 - 9_000);
  });

  it('reaches back by the step in which the source states its times', () => {
    const history = [estimate(NOON - 10_000, 0, 0, 'first')];
    const [search] = planSearches(APPROVED, history, { ...CONDITIONS, time_resolution_ms: 1000 });
    expect(search?.device_span).toEqual({ start_ms: NOON - 1000, end_ms: NOON + 60_000 });
  });

  it('never asks for what lies between two offsets when the clock was set at an unknown moment', () => {
    const history = [
      estimate(NOON - 3_600_000, -50, 50, 'first'),
      estimate(NOON + 3_600_000, 10_799_950, 10_800_050, 'step'),
    ];
    const searches = planSearches(APPROVED, history, CONDITIONS);
    expect(searches.map((search) => search.basis)).toEqual(['step_within', 'step_within']);
    expect(searches.map(({ device_span }) => device_span.end_ms - device_span.start_ms)).toEqual([
      60_100, 60_100,
    ]);
  });

  it('asks once for each stretch of a clock that was set within the span, in order and without a gap', () => {
    const history = [
      estimate(NOON + 10_000, -50, 50, 'first'),
      estimate(NOON + 20_000, 3_599_950, 3_600_050, 'step'),
    ];
    const searches = planSearches(APPROVED, history, CONDITIONS);
    expect(searches.map(({ span, basis }) => [span.start_ms - NOON, span.end_ms - NOON, basis])).toEqual([
      [0, 11_000, 'measured_later'],
      [11_000, 20_000, 'step_within'],
      [11_000, 20_000, 'step_within'],
      [20_000, 60_000, 'measured_earlier'],
    ]);
    expect(searches.map(({ offset }) => offset.min_ms)).toEqual([-50, -50, 3_599_950, 3_599_950]);
    expect(searches.flatMap(otherSides)).toEqual([]);
  });

  it('knows where a clock that was set back made the recorder hold two things under the same times', () => {
    const history = [
      estimate(NOON - 20_000, -50, 50, 'first'),
      estimate(NOON - 10_000, -37_450, -37_350, 'step'),
    ];
    const [search] = planSearches(APPROVED, history, CONDITIONS);
    // Set between 19 and 10 s before noon: 56.45 s before noon is the first, 9.95 s before it the last such time.
    const overlap = { start_ms: NOON - 19_000 - 37_450, end_ms: NOON - 10_000 + 50 };
    expect(search).toMatchObject({ earlier_side: { overlap }, later_side: null });
    expect(otherSides(search!)).toMatchObject([
      { basis: 'step_within', offset: { min_ms: -50, max_ms: 50 } },
    ]);
  });

  it('is not concerned with a clock that was set back long before the span', () => {
    const history = [
      estimate(NOON - 90_000, -50, 50, 'first'),
      estimate(NOON - 80_000, -37_450, -37_350, 'step'),
    ];
    const [search] = planSearches(APPROVED, history, CONDITIONS);
    expect(search).toMatchObject({ earlier_side: null, later_side: null });
  });
});
