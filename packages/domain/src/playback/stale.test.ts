import { expect, it } from 'vitest';
import type { PlaybackFinding } from '../vocabulary/playback.ts';
import { staleFinding } from './stale.ts';

const FINDING: PlaybackFinding = {
  ...{ semantics: 'utc', zone_offset_min: 0, frame_times: 'stamped', frame_offset_min: 0 },
  ...{ start_rule: 'keyframe_before', honours_end: true, keyframe_interval_ms: 2_000, time_resolution_ms: 0 },
  ...{ nothing_answer: 'rtsp_404', method: 'frame_times', calibrated_at_ms: 1, calibrated_by_person_id: 'p' },
  ...{ firmware_version: 'V4.30', stale: null },
};

it.each([
  ['the same firmware', { firmware_version: 'V4.30 ', clock_step_ms: null }, null],
  ['no word of its firmware', { firmware_version: null, clock_step_ms: null }, null],
  ['a clock put right by seconds', { firmware_version: null, clock_step_ms: -37_400 }, null],
  ['other firmware', { firmware_version: 'V4.31', clock_step_ms: null }, 'firmware_changed'],
  ['a clock moved by an hour', { firmware_version: 'V4.30', clock_step_ms: -3_600_000 }, 'clock_changed'],
] as const)('%s leaves a finding stale or not', (_what, seen, reason) => {
  expect(staleFinding(FINDING, seen, 7)?.stale ?? null).toEqual(reason && { reason, since_ms: 7 });
});

it('keeps the reason it became stale for first', () => {
  const stale = { ...FINDING, stale: { reason: 'firmware_changed', since_ms: 1 } as const };
  expect(staleFinding(stale, { firmware_version: 'V9', clock_step_ms: null }, 7)).toBeNull();
});
