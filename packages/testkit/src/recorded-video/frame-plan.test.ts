import { expect, test } from 'vitest';
import { type FramePlanOptions, planFrames } from './frame-plan.ts';

const START_MS = 1_795_309_323_345;

function plan(change: Partial<FramePlanOptions> = {}) {
  return planFrames({
    start_true_ms: START_MS,
    duration_ms: 10_000,
    fps: 15,
    variable_frame_rate: false,
    gop_ms: 2000,
    holes: [],
    keyframes_at_true_ms: [],
    seed: 1,
    ...change,
  });
}

test('a constant frame rate is kept without drift over whole milliseconds', () => {
  const times = plan().map((frame) => frame.true_time_ms - START_MS);
  expect(times).toHaveLength(150);
  expect(times.slice(0, 4)).toEqual([0, 67, 133, 200]);
  expect(times.at(-1)).toBe(9933);
});

test('a variable frame rate gives irregular, distinct, repeatable times', () => {
  const frames = plan({ variable_frame_rate: true });
  const gaps = frames.slice(1).map((frame, n) => frame.true_time_ms - frames[n]!.true_time_ms);
  expect(new Set(gaps).size).toBeGreaterThan(20);
  expect(Math.min(...gaps)).toBeGreaterThan(0);
  expect(plan({ variable_frame_rate: true })).toEqual(frames);
  expect(plan({ variable_frame_rate: true, seed: 2 })).not.toEqual(frames);
});

test('a hole holds no frame and is followed by a keyframe that starts a section', () => {
  const hole = { start_ms: START_MS + 3000, end_ms: START_MS + 6000 };
  const frames = plan({ holes: [hole] });
  expect(
    frames.filter((frame) => frame.true_time_ms >= hole.start_ms && frame.true_time_ms < hole.end_ms),
  ).toEqual([]);
  const after = frames.find((frame) => frame.true_time_ms >= hole.end_ms);
  expect(after).toMatchObject({ is_keyframe: true, starts_section: true });
  expect(frames.filter((frame) => frame.starts_section)).toHaveLength(2);
});

test('keyframes come once per group and where they are asked for', () => {
  const asked = plan({ keyframes_at_true_ms: [START_MS + 2500] });
  const at = asked.filter((frame) => frame.is_keyframe).map((frame) => frame.true_time_ms - START_MS);
  expect(at).toEqual([0, 2000, 2533, 4533, 6533, 8533]);
});
