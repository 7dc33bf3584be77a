import type { ClockOffsetEstimate, FootageEvent, FootageSource } from '@minhchung/domain';
import { describe, expect, it } from 'vitest';
import { placeSteps } from './steps-in-frames.ts';

const T = 1_800_000_000_000;
const CONDITIONS = { drift_ppm: 0, unknown_offset_margin_ms: 600_000, time_resolution_ms: 0 };
const APPROVED = { start_ms: T - 30_000, end_ms: T + 30_000 };
const STEP_MS = T + 3_000;

function read(
  began_as: 'first' | 'step',
  offset_ms: number,
  from_ms: number,
  to_ms: number,
): ClockOffsetEstimate {
  return {
    ...{ epoch_from_ms: from_ms, began_as, first_reading_ms: from_ms, last_reading_ms: to_ms },
    ...{ readings: 5, min_ms: offset_ms - 40, max_ms: offset_ms + 40, method: 'onvif_utc' },
  };
}

/** Read until 20 s before and from 20 s after; set somewhere in between. */
const history = (by_ms: number) => [
  read('first', 0, T - 3_600_000, T - 20_000),
  read('step', by_ms, T + 20_000, T + 3_600_000),
];

/** Five frames a second, each a keyframe, stamped by a clock that was set at `STEP_MS`; `lost`: true times missing. */
function recording(by_ms: number, lost: readonly (readonly [number, number])[] = []): FootageSource {
  return {
    ...{ kind: 'onvif_replay', time_resolution_ms: 0 },
    async holdings() {
      return { spans: [], retained: null };
    },
    async *read(span): AsyncGenerator<FootageEvent> {
      for (let at_ms = T - 120_000; at_ms < T + 120_000; at_ms += 200) {
        if (lost.some(([from_ms, to_ms]) => at_ms >= from_ms && at_ms < to_ms)) continue;
        const device_ms = at_ms + (at_ms < STEP_MS ? 0 : by_ms);
        if (device_ms < span.start_ms || device_ms >= span.end_ms) continue;
        const packet = { device_time_us: device_ms * 1000, is_keyframe: true, data: new Uint8Array(1) };
        yield { type: 'packet', packet };
      }
    },
    origin: () => ({
      ...{ kind: 'onvif_replay', address: 'nvr', parts: [], streams_left_out: [], parts_left_out: [] },
    }),
    async close() {},
  };
}

/** Between which true instants the step lies, as far as is known after a look at the frames. */
async function placed(by_ms: number, source = recording(by_ms)) {
  const context = { source, gap_min_ms: 1_500, signal: new AbortController().signal };
  const [before, after] = await placeSteps(APPROVED, history(by_ms), CONDITIONS, context);
  return { from_ms: before!.last_reading_ms - STEP_MS, to_ms: after!.first_reading_ms - STEP_MS };
}

const UNPLACED = { from_ms: T - 20_000 - STEP_MS, to_ms: T + 20_000 - STEP_MS };

describe('a step of the clock, placed where the frames jump', () => {
  it.each([-37_400, 41 * 60_000, 6_000])(
    'leaves only the bounds of both offsets in doubt: set by %i ms',
    async (by_ms) => {
      const { from_ms, to_ms } = await placed(by_ms);
      expect(from_ms).toBeLessThanOrEqual(0);
      expect(to_ms).toBeGreaterThanOrEqual(0);
      expect(to_ms - from_ms).toBeLessThanOrEqual(200 + 2 * 80);
    },
  );

  it('keeps in doubt what was not recorded while it was set', async () => {
    const { from_ms, to_ms } = await placed(
      -37_400,
      recording(-37_400, [[STEP_MS - 4_000, STEP_MS + 5_000]]),
    );
    expect(from_ms).toBeLessThanOrEqual(-4_000);
    expect(to_ms).toBeGreaterThanOrEqual(5_000);
  });

  it('forwards is not taken from a hole that it might be: a second break leaves it between its readings', async () => {
    const two = recording(6_000, [[T - 15_000, T - 5_000]]);
    expect(await placed(6_000, two)).toEqual(UNPLACED);
  });

  it('forwards is not placed where the recording does not cover all of the time in which it may have been', async () => {
    expect(await placed(6_000, recording(6_000, [[T + 10_000, T + 120_000]]))).toEqual(UNPLACED);
  });

  it('that no frame can show, because it is smaller than a break may be, stays between its readings', async () => {
    expect(await placed(1_000)).toEqual(UNPLACED);
  });

  it('is not looked for where it lies outside what is approved, nor in more footage than a hint is worth', async () => {
    const unread = (source: FootageSource): FootageSource => ({
      ...source,
      read() {
        throw new Error('it was read');
      },
    });
    const far = [
      read('first', 0, T - 3_600_000, T - 20_000),
      read('step', -37_400, T + 86_400_000, T + 86_400_001),
    ];
    const context = { source: unread(recording(0)), gap_min_ms: 1_500, signal: new AbortController().signal };
    expect(await placeSteps(APPROVED, far, CONDITIONS, context)).toEqual(far);
    const later = { start_ms: T + 600_000, end_ms: T + 660_000 };
    expect(await placeSteps(later, history(-37_400), CONDITIONS, context)).toEqual(history(-37_400));
  });

  it('widens the offset before it for the drift until then', async () => {
    const context = { source: recording(-37_400), gap_min_ms: 1_500, signal: new AbortController().signal };
    const conditions = { ...CONDITIONS, drift_ppm: 1_000 };
    const [before] = await placeSteps(APPROVED, history(-37_400), conditions, context);
    expect(before!.min_ms).toBeLessThanOrEqual(-40 - 22);
    expect(before!.max_ms).toBeGreaterThanOrEqual(40 + 22);
  });
});
