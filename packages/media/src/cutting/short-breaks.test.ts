import { describe, expect, it } from 'vitest';
import { frameFacts } from './frame-facts.ts';
import { shortBreaksOfCut } from './short-breaks.ts';

const HOLE_MIN_MS = 1_500;
const WHOLE = { start_ms: 0, end_ms: 3_600_000 };

/** Runs of ten frames 40 ms apart, with breaks of these lengths between the runs. */
function runsWithBreaks(breaks_ms: readonly number[], start_ms = 0): Float64Array {
  const times_us: number[] = [];
  let at_us = start_ms * 1000;
  for (const break_ms of [...breaks_ms, 0]) {
    for (let frame = 0; frame < 10; frame++) times_us.push(at_us + frame * 40_000);
    at_us = times_us.at(-1)! + break_ms * 1000;
  }
  return Float64Array.from(times_us);
}

function master(times_us: Float64Array, span = WHOLE) {
  const frames = frameFacts(times_us, span, HOLE_MIN_MS);
  const [first_frame_device_time_us, last_frame_device_time_us] = [times_us[0]!, times_us.at(-1)!];
  return { first_frame_device_time_us, last_frame_device_time_us, frames };
}
const breaksOf = (times_us: Float64Array, span = WHOLE) =>
  shortBreaksOfCut([master(times_us, span)], span, HOLE_MIN_MS);

describe('breaks too short to be holes', () => {
  it('are counted, summed, and the longest of them told, whatever the order of decoding', () => {
    const thousand = runsWithBreaks(Array.from({ length: 1000 }, () => 1_400));
    expect(breaksOf(thousand.reverse())).toEqual({ count: 1000, total_ms: 1_400_000, longest_ms: 1_400 });
    expect(frameFacts(thousand, WHOLE, HOLE_MIN_MS).found_spans).toHaveLength(1);
  });

  it('are none where frames come as they usually do, and where a break is a hole', () => {
    const none = { count: 0, total_ms: 0, longest_ms: 0 };
    expect(breaksOf(runsWithBreaks([40, 120, 200]))).toEqual(none);
    expect(breaksOf(runsWithBreaks([1_501]))).toEqual(none);
    expect(breaksOf(runsWithBreaks([1_500, 201]))).toEqual({ count: 2, total_ms: 1_701, longest_ms: 1_500 });
    expect(breaksOf(Float64Array.of(5_000_000))).toEqual(none);
  });

  it('are measured by the spacing of the footage itself', () => {
    const slow = Float64Array.of(0, 400_000, 800_000, 2_000_000, 2_400_000, 3_601_000);
    expect(breaksOf(slow)).toEqual({ count: 1, total_ms: 1_201, longest_ms: 1_201 });
  });

  it('count with what lies in the wanted span', () => {
    // Frames to 360 ms, a break of a second to 1,360 ms.
    const times_us = runsWithBreaks([1_000]);
    const of = (start_ms: number, end_ms: number) =>
      breaksOf(times_us.slice(), { start_ms, end_ms }).total_ms;
    expect([of(0, 2_000), of(1_000, 2_000), of(0, 600), of(1_360, 2_000), of(0, 360)]).toEqual([
      ...[1_000, 360, 240, 0, 0],
    ]);
  });

  it('lie between two masters as well', () => {
    const masters = [master(runsWithBreaks([])), master(runsWithBreaks([], 1_560))];
    expect(shortBreaksOfCut(masters, WHOLE, HOLE_MIN_MS)).toEqual({
      count: 1,
      total_ms: 1_200,
      longest_ms: 1_200,
    });
    const back = [masters[1]!, masters[0]!];
    expect(shortBreaksOfCut(back, WHOLE, HOLE_MIN_MS).count).toBe(0);
  });
});
