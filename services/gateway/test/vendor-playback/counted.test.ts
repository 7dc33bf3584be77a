import { isCoded, type ShownTime } from '@minhchung/domain';
import type { VendorRecorder } from '@minhchung/testkit';
import { describe, expect, it } from 'vitest';
import { calibrated, readSpan, sourceOf, vendorBench } from './bench.ts';

const HOUR_MS = 3_600_000;
const bench = vendorBench();

/** What somebody reads off the first picture of a play: the device's local clock, in whole seconds. */
function read(recorder: VendorRecorder, hours_ago: number): ShownTime {
  const { model } = recorder;
  const written_ms = Math.floor((Date.now() - hours_ago * HOUR_MS) / 1_000) * 1_000;
  const [first] = model.framesOf({ start_ms: written_ms, end_ms: written_ms + 5_000 });
  const local_ms = first!.true_time_ms + model.clock_offset_ms + model.zone_min * 60_000;
  return { written_ms, shown_ms: Math.floor(local_ms / 1_000) * 1_000 };
}

async function byReading(recorder: VendorRecorder) {
  return calibrated(recorder, { readings: [read(recorder, 20), read(recorder, 33.3)] });
}

const START = { start: 'keyframe_after' } as const;

describe('a recorder that sends no times, calibrated by what a person read', () => {
  it.each([
    ['hikvision', 'local', 'none', {}],
    ['dahua', 'local', 'rtcp_of_now', {}],
    ['uniview', 'utc', 'rtcp_of_question', {}],
    ['generic', 'local', 'none', START],
    ['dahua', 'utc', 'none', { ends_ignored: true }],
  ] as const)(
    '(%s, reads %s, sends %s, %o) gives frames within the bound it states',
    async (vendor, reads, sends, quirks) => {
      const recorder = await bench.start({ vendor, reads, sends, quirks, clock_offset_ms: 41 * 60_000 });
      const finding = await byReading(recorder);
      expect(finding).toMatchObject({ frame_times: 'counted', method: 'picture_reading' });
      const footage = await bench.footage();
      const start_ms = footage.frames[0]!.true_time_ms;
      const device_span = { start_ms: start_ms + 2_460_000 + 9_000, end_ms: start_ms + 2_460_000 + 15_000 };
      const source = sourceOf(recorder, finding);
      const { packets } = await readSpan(source, device_span);
      const times = packets.map(({ device_ms }) => device_ms).toSorted((a, b) => a - b);
      const burned = await bench.burnedClocks(packets.map(({ data }) => data));
      expect(burned).toHaveLength(times.length);
      expect(times.length).toBeGreaterThan(60);
      for (const [n, stated_ms] of times.entries()) {
        const stamped_ms = burned[n]! + 2_460_000;
        expect(stamped_ms).toBeGreaterThanOrEqual(stated_ms);
        expect(stamped_ms).toBeLessThan(stated_ms + source.time_resolution_ms);
      }
      // What is asked for, widened by the resolution, is all there.
      const needed = footage.frames
        .map(({ true_time_ms }) => true_time_ms)
        .filter((ms) => ms >= start_ms + 9_000 && ms < start_ms + 15_000);
      expect(burned).toEqual(expect.arrayContaining(needed));
    },
  );

  it('is refused when the readings contradict one another, or are of one hour only', async () => {
    const recorder = await bench.start({ vendor: 'dahua', reads: 'local', sends: 'none' });
    const good = read(recorder, 20);
    const wrong = { ...read(recorder, 30), shown_ms: read(recorder, 30).shown_ms + 25_000 };
    await expect(calibrated(recorder, { readings: [good, wrong] })).rejects.toMatchObject({
      code: 'CALIBRATION_READING_CONTRADICTS',
    });
    await expect(calibrated(recorder, { readings: [good, read(recorder, 20.1)] })).rejects.toMatchObject({
      code: 'CALIBRATION_NEEDS_READING',
    });
  });

  it.each([
    ['at the asked beginning', { from_ms: 0, to_ms: 11_000 }],
    ['in the middle, closed up by RTP time', { from_ms: 10_000, to_ms: 19_000 }],
  ])('gives nothing across a hole %s', async (_where, hole) => {
    const quirks = { rtp_closes_holes: true };
    const recorder = await bench.start({ vendor: 'hikvision', reads: 'local', sends: 'none', quirks });
    const finding = await byReading(recorder);
    const start_ms = (await bench.footage()).frames[0]!.true_time_ms;
    recorder.model.lose({ start_ms: start_ms + hole.from_ms, end_ms: start_ms + hole.to_ms });
    const span = { start_ms: start_ms + 5_000, end_ms: start_ms + 23_000 };
    const ended = await readSpan(sourceOf(recorder, finding), span).catch((error: unknown) => error);
    expect(isCoded(ended, 'PLAYBACK_TIMES_DISAGREE')).toBe(true);
  });
});

describe('a recorder that ends a play wherever it likes', () => {
  it('is asked on until nothing is missing and nothing comes twice', async () => {
    const quirks = { ends_after_ms: 3_500 };
    const recorder = await bench.start({ vendor: 'hikvision', reads: 'local', sends: 'rtcp' });
    const finding = await calibrated(recorder);
    Object.assign(recorder.quirks, quirks);
    const { frames } = await bench.footage();
    const start_ms = frames[0]!.true_time_ms;
    const span = { start_ms: start_ms + 5_000, end_ms: start_ms + 20_000 };
    const { packets, breaks } = await readSpan(sourceOf(recorder, finding), span);
    const times = packets.map(({ device_ms }) => device_ms);
    expect(new Set(times).size).toBe(times.length);
    const wanted = frames.map(({ true_time_ms }) => true_time_ms);
    const inside = wanted.filter((ms) => ms >= span.start_ms && ms < span.end_ms);
    expect(times).toEqual(expect.arrayContaining(inside));
    expect(breaks).toBe(0);
    expect(recorder.asked.length).toBeGreaterThan(4);
  });

  it('shows a hole as a break, with the frames on both sides', async () => {
    const recorder = await bench.start({ vendor: 'dahua', reads: 'local', sends: 'abac' });
    const finding = await calibrated(recorder);
    const { frames } = await bench.footage();
    const start_ms = frames[0]!.true_time_ms;
    recorder.model.lose({ start_ms: start_ms + 8_000, end_ms: start_ms + 12_000 });
    const span = { start_ms: start_ms + 4_000, end_ms: start_ms + 18_000 };
    const { packets, breaks } = await readSpan(sourceOf(recorder, finding), span);
    const times = packets.map(({ device_ms }) => device_ms);
    expect(breaks).toBe(1);
    expect(times.some((ms) => ms >= start_ms + 8_000 && ms < start_ms + 12_000)).toBe(false);
    const held = frames
      .map(({ true_time_ms }) => true_time_ms)
      .filter(
        (ms) =>
          (ms >= span.start_ms && ms < start_ms + 8_000) || (ms >= start_ms + 14_000 && ms < span.end_ms),
      );
    expect(times).toEqual(expect.arrayContaining(held));
  });
});
