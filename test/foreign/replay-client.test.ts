/** Our replay client against GStreamer's ONVIF replay server: an implementation of the protocol that is not ours. */
import type { Span } from '@minhchung/domain';
import { type RecordedFootage, type RecordFootageOptions, splitLengthPrefixed } from '@minhchung/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { BareDrain } from './bare-drain.ts';
import type { ReplayServer } from './replay-server.ts';
import { foreignWorld, replayUnits, START_MS, span } from './world.ts';

const SHAPES: Record<string, Partial<RecordFootageOptions>> = {
  'H.264 at a constant rate': {},
  'H.264 at a variable rate with B-frames': { variable_frame_rate: true, b_frames: 2 },
  'H.265 at a variable rate with B-frames': { codec: 'h265', variable_frame_rate: true, b_frames: 2 },
};
const ASKED = span(3_300, 9_700);
const HOLE = { from_us: (START_MS + 5_000) * 1000, to_us: (START_MS + 7_000) * 1000 };
const world = foreignWorld();

const within = (times_us: readonly number[], { start_ms, end_ms }: Span): number[] =>
  times_us.filter((time) => time >= start_ms * 1000 && time < end_ms * 1000).sort((a, b) => a - b);

describe.each(Object.entries(SHAPES))('replay of %s from a foreign server', (name, shape) => {
  let footage: RecordedFootage;
  let stamped: number[];
  let server: ReplayServer;
  beforeAll(async () => {
    footage = await world.record(name, shape);
    stamped = footage.frames.map(({ true_time_ms }) => true_time_ms * 1000);
    server = await world.serve({ footage });
  });

  it('begins with the last keyframe before the span, under its own time', async () => {
    const [first] = await replayUnits(server.uri, ASKED);
    const keyframes = footage.frames.filter(({ is_keyframe }) => is_keyframe);
    const expected = keyframes.findLast(({ true_time_ms }) => true_time_ms <= ASKED.start_ms)!;
    expect(first).toMatchObject({ is_keyframe: true, device_time_us: expected.true_time_ms * 1000 });
  });

  it('gives every frame of the span once, with its time exact', async () => {
    const times = (await replayUnits(server.uri, ASKED)).map((unit) => unit.device_time_us);
    expect(within(times, ASKED)).toEqual(within(stamped, ASKED));
    expect(new Set(times).size).toBe(times.length);
  });

  it('keeps every NAL unit of every frame as it was recorded', async () => {
    const recorded = new Map<number, Buffer[]>();
    for await (const { frame, data } of footage.units()) {
      recorded.set(frame.true_time_ms * 1000, splitLengthPrefixed(data));
    }
    for (const { device_time_us, data } of await replayUnits(server.uri, ASKED)) {
      expect(splitLengthPrefixed(Buffer.from(data))).toEqual(recorded.get(device_time_us));
    }
  });

  it('shows a hole as a break between two keyframes, nothing invented in it', async () => {
    const holed = await world.serve({ footage, holes: [[HOLE.from_us, HOLE.to_us]] });
    const units = await replayUnits(holed.uri, ASKED);
    const after = units.findIndex(({ device_time_us }) => device_time_us >= HOLE.to_us);
    expect(units[after]!.is_keyframe).toBe(true);
    expect(units.slice(0, after).every(({ device_time_us }) => device_time_us < HOLE.from_us)).toBe(true);
    // GStreamer's H.264 payloader passes the break on as the D bit; its H.265 payloader loses it.
    expect(units[after]!.discontinuity).toBe(footage.stream.codec === 'h264');
  });

  it('says what was sent too early, and still gives the whole span', async () => {
    const early = await world.serve({ footage, preroll_keyframes: 1 });
    const times = (await replayUnits(early.uri, ASKED)).map((unit) => unit.device_time_us);
    expect(times[0]).toBeLessThanOrEqual((START_MS + 1_000) * 1000);
    expect(within(times, ASKED)).toEqual(within(stamped, ASKED));
  });

  it('ends where the recording ends, at the BYE', async () => {
    const times = (await replayUnits(server.uri, span(9_000, 60_000))).map((unit) => unit.device_time_us);
    expect(Math.max(...times)).toBe(Math.max(...stamped));
  });
});

describe('the foreign server itself', () => {
  it('leaves the connection open after its BYE: whoever waits for its end waits for ever', async () => {
    const footage = await world.record('bye', {});
    const { uri } = await world.serve({ footage });
    const drain = await BareDrain.open(uri);
    expect((await drain.play(ASKED)).packets).toBeGreaterThan(70);
    expect(await drain.ask('OPTIONS', uri)).toContain('200 OK');
    drain.close();
  });
});
