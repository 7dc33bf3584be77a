import { describe, expect, it } from 'vitest';
import { judgeCalibration } from './judge-calibration.ts';
import { candidateMeanings, leadOfMeaning_ms, type TimeMeaning } from './meanings.ts';
import type { EdgeTrial, SeenPair, SeenPlay } from './observed.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 1, 2, 3);
const HOUR_MS = 3_600_000;
const GROUP_MS = 2_000;
/** Where the device's keyframes lie within their group. */
const PHASE_MS = 345;

/** A device by what it reads, stamps and holds. */
interface Device {
  readonly lead_ms: number;
  readonly stamp: (device_ms: number, written_ms: number) => number | null;
  readonly holds?: (device_ms: number) => boolean;
}

function play(device: Device, written_ms: number, group_ms = GROUP_MS, phase_ms = PHASE_MS): SeenPlay {
  const asked_ms = written_ms - device.lead_ms;
  const holds = device.holds ?? ((ms: number) => ms < NOW_MS);
  if (!holds(asked_ms)) return { written_ms, pictures: [], nothing: 'rtsp_404' };
  const first_ms = Math.floor((asked_ms - phase_ms) / group_ms) * group_ms + phase_ms;
  const pictures = Array.from({ length: 50 }, (_, n) => ({
    media_time_ms: n * 200,
    stamp_ms: device.stamp(first_ms + n * 200, written_ms + n * 200),
    is_keyframe: (n * 200) % group_ms === 0,
    digest: String(first_ms + n * 200),
  }));
  return { written_ms, pictures, nothing: null };
}

function evidenceOf(
  device: Device,
  stated_zone_min: number | null = null,
  group_ms = GROUP_MS,
  phase_ms = PHASE_MS,
) {
  const pairs: SeenPair[] = [17, 34].map((hours) => {
    const written_ms = NOW_MS - hours * HOUR_MS;
    return [
      play(device, written_ms, group_ms, phase_ms),
      play(device, written_ms + 3_000, group_ms, phase_ms),
    ];
  });
  const trials: EdgeTrial<TimeMeaning>[] = candidateMeanings('compact_z', stated_zone_min).map((meaning) => {
    const now_ms = NOW_MS + leadOfMeaning_ms(meaning);
    return {
      meaning,
      past: play(device, now_ms - 240_000, group_ms, phase_ms),
      future: play(device, now_ms + 120_000, group_ms, phase_ms),
    };
  });
  return { trials, pairs, readings: [], stated_zone_min };
}

const truth = (zone_min: number) => (device_ms: number) => device_ms + zone_min * 60_000;

describe('what a calibration proves', () => {
  it.each([
    [0, 0],
    [0, 420],
    [420, 0],
    [420, 420],
    [-420, 420],
    [480, 480],
  ])(
    'is settled for a device that is %i min ahead in its address and %i min in its stamps',
    (reads, stamps) => {
      const device = { lead_ms: reads * 60_000, stamp: truth(stamps) };
      expect(judgeCalibration(evidenceOf(device))).toMatchObject({
        kind: 'settled',
        times: {
          zone_offset_min: reads,
          frame_offset_min: stamps,
          frame_times: 'stamped',
          time_resolution_ms: 0,
        },
      });
    },
  );

  it('is nothing of stamps that are minutes away from every zone', () => {
    const device = { lead_ms: 0, stamp: (ms: number) => ms + 41 * 60_000 };
    expect(judgeCalibration(evidenceOf(device))).toEqual({ kind: 'ambiguous', fault: 'stamps_of_no_zone' });
  });

  it('is nothing of stamps that hand the question back, even where groups are of a second', () => {
    const device = { lead_ms: 0, stamp: (_: number, written_ms: number) => written_ms };
    for (const group_ms of [1_000, 2_000, 3_000]) {
      expect(judgeCalibration(evidenceOf(device, null, group_ms))).toEqual({
        kind: 'needs_reading',
        fault: 'change_with_question',
      });
    }
  });

  it('is nothing of stamps that jitter by more than a quarter of a second between plays', () => {
    const device = { lead_ms: 0, stamp: (ms: number, written_ms: number) => ms + (written_ms % 7_000) / 10 };
    expect(judgeCalibration(evidenceOf(device)).kind).toBe('needs_reading');
  });

  it('widens by twice what stamps of one picture differ', () => {
    const device = {
      lead_ms: 0,
      stamp: (ms: number, written_ms: number) => ms + ((written_ms / 1_000) % 2) * 30,
    };
    expect(judgeCalibration(evidenceOf(device))).toMatchObject({ times: { time_resolution_ms: 60 } });
  });

  it('is nothing where the device does not hold the last minutes', () => {
    const device = { lead_ms: 0, stamp: truth(0), holds: (ms: number) => ms < NOW_MS - HOUR_MS };
    expect(judgeCalibration(evidenceOf(device))).toEqual({ kind: 'ambiguous', fault: 'none_fits' });
  });

  it('is nothing where a hole makes another meaning fit', () => {
    const hole = (ms: number) => ms > NOW_MS - 7 * HOUR_MS + 60_000 && ms < NOW_MS - 7 * HOUR_MS + 180_000;
    const device = {
      lead_ms: 420 * 60_000,
      stamp: truth(0),
      holds: (ms: number) => ms < NOW_MS && !hole(ms),
    };
    expect(judgeCalibration(evidenceOf(device))).toEqual({ kind: 'ambiguous', fault: 'several_fit' });
  });

  it('knows no zone that nobody named', () => {
    const device = { lead_ms: 330 * 60_000, stamp: truth(330) };
    expect(judgeCalibration(evidenceOf(device)).kind).toBe('ambiguous');
    expect(judgeCalibration(evidenceOf(device, 330))).toMatchObject({ times: { zone_offset_min: 330 } });
  });
});
