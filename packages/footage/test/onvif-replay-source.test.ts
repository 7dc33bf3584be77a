import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceAddress, FootageEvent, FootageSource, Span } from '@minhchung/domain';
import { createDeviceClient, createReplayClient } from '@minhchung/onvif';
import {
  type DeviceOptions,
  type RecordedFootage,
  recordFootage,
  type SimulatedDevice,
  SYSTEM_TIME,
  startDevice,
} from '@minhchung/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createOnvifReplaySource, type RecordingSelector } from '../src/index.ts';

const START_MS = Date.UTC(2026, 10, 22, 8, 0, 0);
const OFFSET_MS = 41 * 60_000;
const SIGNAL = new AbortController().signal;
const span = (from_ms: number, to_ms: number): Span => ({
  start_ms: START_MS + OFFSET_MS + from_ms,
  end_ms: START_MS + OFFSET_MS + to_ms,
});

let base: string;
let footage: RecordedFootage;
let device: SimulatedDevice;
const sources: FootageSource[] = [];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'replay-source-'));
  footage = await recordFootage({
    directory: join(base, 'footage'),
    camera_name: 'Ngõ 5',
    start_true_ms: START_MS,
    duration_ms: 20_000,
    width: 320,
    height: 180,
    fps: 10,
    gop_ms: 2_000,
  });
});
afterEach(async () => {
  for (const source of sources.splice(0)) await source.close();
  await device.close();
});
afterAll(async () => {
  await rm(base, { recursive: true });
});

async function start(options: Partial<DeviceOptions> = {}, holes: readonly Span[] = []): Promise<void> {
  device = await startDevice({
    channels: [{ name: 'Ngõ 5', footage, holes }],
    password: 'secret',
    clock_offset_ms: OFFSET_MS,
    ...options,
  });
}

function open(
  recording: RecordingSelector = { recording_token: 'Recording_1' },
  password = 'secret',
): FootageSource {
  const address: DeviceAddress = { device_url: device.device_url, username: 'admin', password };
  const client = createDeviceClient({ address, time: SYSTEM_TIME, deadline_ms: 2_000 });
  const replay = createReplayClient({ stall_ms: 500, resume: { attempts_max: 2, pause_ms: 1 } });
  const source = createOnvifReplaySource({ device: client, replay, address, recording });
  sources.push(source);
  return source;
}

async function readAll(source: FootageSource, asked: Span): Promise<FootageEvent[]> {
  const events: FootageEvent[] = [];
  for await (const event of source.read(asked, SIGNAL)) events.push(event);
  return events;
}

const timesOf = (events: readonly FootageEvent[]): number[] =>
  events.flatMap((event) => (event.type === 'packet' ? [event.packet.device_time_us] : []));

describe('a recorder as a source of footage', () => {
  it('gives every frame of the span once, with its own time', async () => {
    await start();
    const asked = span(3_300, 16_700);
    const source = open();
    const events = await readAll(source, asked);
    const within = (time_us: number) => time_us >= asked.start_ms * 1000 && time_us < asked.end_ms * 1000;
    const stamped = device.stampedFrames(1).map((frame) => frame.device_time_us);
    expect(events[0]!.type).toBe('stream');
    expect(events[1]).toMatchObject({ type: 'packet', packet: { is_keyframe: true } });
    expect(timesOf(events).filter(within)).toEqual(stamped.filter(within));
    expect(events.some(({ type }) => type === 'discontinuity')).toBe(false);
    expect(source.origin()).toMatchObject({
      parts: ['Recording_1'],
      address: `127.0.0.1:${device.http_port}`,
    });
    expect(JSON.stringify(source.origin())).not.toContain('secret');
  });

  it('gives no wanted frame, and fails at nothing, where only the last frame lasts into the span', async () => {
    await start();
    const source = open();
    const after_last = span(19_930, 19_990);
    expect((await source.holdings(after_last, SIGNAL)).spans).not.toEqual([]);
    const times = timesOf(await readAll(source, after_last));
    expect(times.filter((time_us) => time_us >= after_last.start_ms * 1000)).toEqual([]);
    expect(device.stampedFrames(1).map((frame) => frame.device_time_us)).toEqual(
      expect.arrayContaining(times),
    );
  });

  it('finds the recording by its video source', async () => {
    await start();
    const recordings = createDeviceClient({
      address: { device_url: device.device_url, username: 'admin', password: 'secret' },
      time: SYSTEM_TIME,
    });
    const [first] = await recordings.recordings(SIGNAL);
    await recordings.close();
    const { spans } = await open({ source_token: first!.source_token }).holdings(span(0, 5_000), SIGNAL);
    expect(spans).toEqual([span(0, 5_000)]);
  });

  it('tells a hole before it is asked for the footage, and breaks there once', async () => {
    const hole = { start_ms: START_MS + 6_000, end_ms: START_MS + 12_000 };
    await start({}, [hole]);
    const source = open();
    const { spans, retained } = await source.holdings(span(1_000, 19_000), SIGNAL);
    expect(spans).toEqual([span(1_000, 6_000), span(12_000, 19_000)]);
    expect(retained).toEqual(span(0, 20_000));
    const events = await readAll(source, span(1_000, 19_000));
    const at = events.findIndex(({ type }) => type === 'discontinuity');
    expect(events.filter(({ type }) => type === 'discontinuity')).toHaveLength(1);
    expect(events[at + 1]).toMatchObject({
      packet: { is_keyframe: true, device_time_us: span(12_000, 0).start_ms * 1000 },
    });
    expect(new Set(timesOf(events)).size).toBe(timesOf(events).length);
  });

  it('keeps both sides of a clock that was set back while it recorded', async () => {
    const at_true_ms = START_MS + 8_000;
    await start({ clock_steps: [{ at_true_ms, offset_ms: OFFSET_MS - 4_000 }] });
    const asked = span(0, 20_000);
    const source = open();
    const { spans } = await source.holdings(asked, SIGNAL);
    expect(spans).toEqual([span(0, 16_000)]);
    const events = await readAll(source, asked);
    expect(timesOf(events)).toHaveLength(footage.frames.length);
    expect(events.filter(({ type }) => type === 'discontinuity')).toHaveLength(1);
  });

  it('holds nothing where it answered so, and says what it retains', async () => {
    await start({ channels: [{ name: 'c', footage, holds_from_true_ms: START_MS + 10_000 }] });
    expect(await open().holdings(span(0, 9_000), SIGNAL)).toEqual({
      spans: [],
      retained: span(10_000, 20_000),
    });
  });

  it('is not reached, rather than without footage, when the device is off', async () => {
    await start({ offline: true });
    await expect(open().holdings(span(0, 1_000), SIGNAL)).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    });
  });

  it('is refused with a wrong password', async () => {
    await start();
    const refused = open({ recording_token: 'Recording_1' }, 'wrong').holdings(span(0, 1_000), SIGNAL);
    await expect(refused).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
  });

  it('does not call an unknown channel an empty one', async () => {
    await start();
    const asked = open({ recording_token: 'Recording_9' }).holdings(span(0, 1_000), SIGNAL);
    await expect(asked).rejects.toMatchObject({ code: 'SOURCE_BROKEN' });
  });

  it.each([
    ['rtsp_drop_after_bytes', 'SOURCE_UNREACHABLE'],
    ['rtsp_stall_after_bytes', 'SOURCE_STALLED'],
  ])('does not pass off a replay cut short by %s as a whole one', async (fault, code) => {
    await start({ faults: { [fault]: 20_000 } });
    await expect(readAll(open(), span(0, 20_000))).rejects.toMatchObject({ code });
  });
});
