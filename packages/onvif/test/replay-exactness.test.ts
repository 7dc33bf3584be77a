import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceAddress, ReplayUnit, Span } from '@minhchung/domain';
import {
  type RecordedFootage,
  type RecordFootageOptions,
  recordFootage,
  type SimulatedDevice,
  startDevice,
} from '@minhchung/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeviceClient, createReplayClient } from '../src/index.ts';

const START_MS = Date.UTC(2026, 10, 22, 8, 0, 0);
const OFFSET_MS = 41 * 60_000 + 137;
const SIGNAL = new AbortController().signal;

const SHAPES: Record<string, Partial<RecordFootageOptions>> = {
  'H.264 at a constant rate': {},
  'H.264 at a variable rate with B-frames': { variable_frame_rate: true, b_frames: 2 },
  'H.265': { codec: 'h265' },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onvif-exactness-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function record(name: string, shape: Partial<RecordFootageOptions>): Promise<RecordedFootage> {
  return await recordFootage({
    directory: join(folder, name),
    camera_name: 'Ngõ 5',
    start_true_ms: START_MS,
    duration_ms: 12_000,
    width: 320,
    height: 180,
    gop_ms: 2_000,
    ...shape,
  });
}

async function replay(device: SimulatedDevice, device_span: Span): Promise<ReplayUnit[]> {
  const address: DeviceAddress = { device_url: device.device_url, username: 'admin', password: 'secret' };
  const client = createDeviceClient({ address, time: { now_ms: () => Date.now() } });
  const uri = await client.replayUri('Recording_1', SIGNAL);
  await client.close();
  const units: ReplayUnit[] = [];
  for await (const event of createReplayClient().replay({ uri, device_span, address }, SIGNAL)) {
    if (event.type === 'unit') units.push(event.unit);
  }
  return units;
}

describe.each(Object.entries(SHAPES))('replay of %s', (name, shape) => {
  let device: SimulatedDevice;
  beforeAll(async () => {
    const footage = await record(name, shape);
    device = await startDevice({
      channels: [{ name: 'Ngõ 5', footage }],
      password: 'secret',
      clock_offset_ms: OFFSET_MS,
    });
  });
  afterAll(() => device.close());

  it('gives every frame of the span once, with the time that was stamped on it', async () => {
    const start_ms = START_MS + OFFSET_MS + 3_300;
    const end_ms = START_MS + OFFSET_MS + 9_700;
    const units = await replay(device, { start_ms, end_ms });
    const times = units.map((unit) => unit.device_time_us);
    expect(new Set(times).size).toBe(times.length);
    const within = (time_us: number) => time_us >= start_ms * 1000 && time_us < end_ms * 1000;
    const stamped = device.stampedFrames(1).map((frame) => frame.device_time_us);
    expect(times.filter(within).sort((a, b) => a - b)).toEqual(stamped.filter(within));
    expect(units[0]).toMatchObject({ is_keyframe: true });
    expect(units[0]!.device_time_us).toBeLessThanOrEqual(start_ms * 1000);
  });

  it('gives the coded pictures byte for byte', async () => {
    const { footage } = device.channel(1);
    const span = { start_ms: START_MS + OFFSET_MS, end_ms: START_MS + OFFSET_MS + 12_000 };
    const units = await replay(device, span);
    const sent: Buffer[] = [];
    for await (const { data } of footage.units(0, footage.frames.length)) sent.push(data);
    expect(units.map(({ data }) => Buffer.from(data).toString('base64'))).toEqual(
      sent.map((data) => data.toString('base64')),
    );
  });
});

describe('replay over a hole', () => {
  it('shows the hole in the held spans and by the D bit on the first frame after it', async () => {
    const footage = await record('hole', {});
    const hole = { start_ms: START_MS + 4_000, end_ms: START_MS + 8_000 };
    const device = await startDevice({
      channels: [{ name: 'c', footage, holes: [hole] }],
      password: 'secret',
    });
    try {
      const asked = { start_ms: START_MS, end_ms: START_MS + 12_000 };
      const address = { device_url: device.device_url, username: 'admin', password: 'secret' };
      const client = createDeviceClient({ address, time: { now_ms: () => Date.now() } });
      const spans = await client.recordedSpans('Recording_1', asked, SIGNAL);
      await client.close();
      expect(spans).toEqual([
        { start_ms: START_MS, end_ms: hole.start_ms },
        { start_ms: hole.end_ms, end_ms: START_MS + 12_000 },
      ]);
      const units = await replay(device, asked);
      const breaks = units.slice(1).filter((unit) => unit.discontinuity);
      expect(breaks.map((unit) => unit.device_time_us)).toEqual([hole.end_ms * 1000]);
    } finally {
      await device.close();
    }
  });
});
