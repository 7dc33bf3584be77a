import { beforeAll, describe, expect, test } from 'vitest';
import { type RecordedFootage, type SimulatedDevice, splitLengthPrefixed } from '../src/index.ts';
import { bench, OFFSET_MS, range, replayUri } from './support/bench.ts';
import { depacketize } from './support/depacketize.ts';
import { START_MS, smallFootage } from './support/small-footage.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const HOLE = { start_ms: START_MS + 4000, end_ms: START_MS + 6100 };

const folder = temporaryFolder();
const { device, client } = bench();
let footage: RecordedFootage;

beforeAll(async () => {
  footage = await smallFootage(folder, 'b-frames', {
    b_frames: 2,
    fps: 15,
    variable_frame_rate: true,
    gop_ms: 1000,
  });
});

async function replayed(of: SimulatedDevice, from_ms: number, to_ms: number, offset_ms = OFFSET_MS) {
  const rtsp = await client(of);
  await rtsp.play(replayUri(of), range(from_ms, to_ms, offset_ms));
  await rtsp.untilBye();
  expect(rtsp.is_closed).toBe(false);
  return depacketize(rtsp.packets, of.channel(1).footage.stream.codec);
}

describe('a replay as fast as possible', () => {
  test('carries the recorded pictures byte for byte, in decode order, with the times the simulator stamped', async () => {
    const recorder = await device(footage);
    const units = await replayed(recorder, 0, 10_000);
    const stored: Buffer[][] = [];
    for await (const { data } of footage.units()) stored.push(splitLengthPrefixed(data));
    expect(units.map((unit) => unit.nal_units)).toEqual(stored);
    const stamped = recorder.stampedFrames(1).map((frame) => frame.device_time_us);
    expect(units.map((unit) => unit.device_time_us).toSorted((a, b) => a - b)).toEqual(stamped);
    const expected = footage.frames.map((frame) => (frame.true_time_ms + OFFSET_MS) * 1000);
    expect(units.map((unit) => unit.device_time_us)).toEqual(expected);
  });

  test('begins at the keyframe before the start and ends with the last frame before the end', async () => {
    const units = await replayed(await device(footage), 2500, 4200);
    const times = units.map((unit) => unit.device_time_us / 1000 - OFFSET_MS - START_MS);
    const keyframes = footage.frames
      .filter((frame) => frame.is_keyframe)
      .map((f) => f.true_time_ms - START_MS);
    expect(times[0]).toBe(keyframes.findLast((time) => time <= 2500));
    const wanted = footage.frames.map((f) => f.true_time_ms - START_MS).filter((t) => t >= 2500 && t < 4200);
    expect(times).toEqual(expect.arrayContaining(wanted));
    expect(Math.max(...times)).toBeLessThan(4500);
  });

  test('marks clean points, the end of the section, the last unit, and echoes CSeq', async () => {
    const units = await replayed(await device(footage), 0, 10_000);
    const keyframes = footage.frames.map((frame) => frame.is_keyframe);
    expect(units.map((unit) => unit.flags.includes('C'))).toEqual(keyframes);
    expect(units.map((unit) => unit.flags.includes('D'))).toEqual(keyframes.map((_, n) => n === 0));
    expect(units.at(-1)!.flags).toMatch(/ET$/);
    expect(new Set(units.map((unit) => unit.cseq)).size).toBe(1);
  });

  test('keeps RTP timestamps in step with the device times', async () => {
    const [first, ...rest] = await replayed(await device(footage), 0, 5000);
    for (const unit of rest) {
      const ticks = (unit.rtp_timestamp - first!.rtp_timestamp + 2 ** 32) % 2 ** 32;
      expect(ticks).toBe(((unit.device_time_us - first!.device_time_us) * 9) / 100);
    }
  });

  test('shows a hole as a jump of time at a keyframe with the D bit', async () => {
    const recorder = await device(footage, { channels: [{ name: 'a', footage, holes: [HOLE] }] });
    const units = await replayed(recorder, 0, 10_000);
    const after = units.findIndex((unit) => unit.device_time_us / 1000 - OFFSET_MS >= HOLE.end_ms);
    expect(units[after]!.flags).toBe('CD');
    expect(units[after - 1]!.flags).toBe('E');
    expect(units[after - 1]!.device_time_us / 1000 - OFFSET_MS).toBeLessThan(HOLE.start_ms);
  });

  test('shows a step of the clock as a discontinuity', async () => {
    const step_at_ms = START_MS + 5040;
    const stepped = await smallFootage(folder, 'stepped', { keyframes_at_true_ms: [step_at_ms] });
    const clock_steps = [{ at_true_ms: step_at_ms, offset_ms: 0 }];
    const recorder = await device(stepped, { clock_offset_ms: 60_000, clock_steps });
    const before = await replayed(recorder, 60_000, 65_000, 0);
    const after = await replayed(recorder, 5000, 10_000, 0);
    expect(before.length + after.length).toBe(stepped.frames.length);
    expect(after[0]).toMatchObject({ flags: 'CD', device_time_us: step_at_ms * 1000 });
  });

  test('packetises H.265', async () => {
    const h265 = await smallFootage(folder, 'h265', {
      codec: 'h265',
      width: 352,
      height: 288,
      duration_ms: 2000,
    });
    const units = await replayed(await device(h265), 0, 2000);
    const stored: Buffer[][] = [];
    for await (const { data } of h265.units()) stored.push(splitLengthPrefixed(data));
    expect(units.map((unit) => unit.nal_units)).toEqual(stored);
  });
});
