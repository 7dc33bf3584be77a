import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceClient } from '@minhchung/domain';
import {
  type DeviceOptions,
  type RecordedFootage,
  recordFootage,
  type SimulatedDevice,
  SYSTEM_TIME,
  startDevice,
} from '@minhchung/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDeviceClient } from '../src/index.ts';

const START_MS = Date.UTC(2026, 10, 22, 8, 0, 0);
const OFFSET_MS = -3 * 3_600_000;
const SIGNAL = new AbortController().signal;
const HELD = { start_ms: START_MS + OFFSET_MS, end_ms: START_MS + OFFSET_MS + 10_000 };

let base: string;
let footage: RecordedFootage;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'device-client-'));
  footage = await recordFootage({
    directory: base,
    camera_name: 'Ngõ 5',
    start_true_ms: START_MS,
    duration_ms: 10_000,
    width: 320,
    height: 180,
    fps: 10,
  });
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(async () => {
  await rm(base, { recursive: true });
});

async function start(options: Partial<DeviceOptions> = {}): Promise<SimulatedDevice> {
  const channels = [1, 2, 3].map((n) => ({ name: `Kênh ${n}`, footage }));
  const device = await startDevice({ channels, password: 'secret', clock_offset_ms: OFFSET_MS, ...options });
  closing.push(() => device.close());
  return device;
}

function clientOf(device: SimulatedDevice): DeviceClient {
  const address = { device_url: device.device_url, username: 'admin', password: 'secret' };
  const client = createDeviceClient({ address, time: SYSTEM_TIME, deadline_ms: 3_000 });
  closing.push(() => client.close());
  return client;
}

describe.each<[string, Partial<DeviceOptions>]>([
  ['digest', { sign_in: ['http_digest'] }],
  ['WS-Security', { sign_in: ['ws_security'] }],
])('a device with a clock three hours slow that wants %s', (_, options) => {
  it('tells its time, itself, its profiles and its recordings', async () => {
    const client = clientOf(await start(options));
    const reading = await client.readClock(SIGNAL);
    const device_now_ms = reading.received_at_ms + OFFSET_MS;
    expect(reading.device_time_ms).toBeLessThanOrEqual(device_now_ms);
    expect(reading.device_time_ms).toBeGreaterThan(reading.sent_at_ms + OFFSET_MS - 1_000);
    expect(await client.describe(SIGNAL)).toMatchObject({
      firmware_version: '1.10',
      serial_number: '20261122000000000001',
    });
    expect(await client.profiles(SIGNAL)).toHaveLength(3);
    expect((await client.profiles(SIGNAL))[0]).toMatchObject({
      profile_token: 'Profile_1',
      source_token: 'VideoSource_1',
      codec: 'H264',
      width: 320,
      height: 180,
    });
    expect((await client.recordings(SIGNAL))[1]).toMatchObject({
      recording_token: 'Recording_2',
      earliest_ms: HELD.start_ms,
      latest_ms: HELD.end_ms,
    });
    expect(await client.recordedSpans('Recording_3', HELD, SIGNAL)).toEqual([HELD]);
  });
});

describe('a recorder that is not quite a recorder', () => {
  it('lists its recordings without a search service, and admits that their spans are unknown', async () => {
    const client = clientOf(await start({ services: ['recording', 'replay'] }));
    const recordings = await client.recordings(SIGNAL);
    expect(recordings.map((one) => [one.recording_token, one.earliest_ms])).toEqual([
      ['Recording_1', null],
      ['Recording_2', null],
      ['Recording_3', null],
    ]);
    await expect(client.recordedSpans('Recording_1', HELD, SIGNAL)).rejects.toMatchObject({
      code: 'DEVICE_BROKEN',
    });
  });

  it('is told apart from a camera that records nothing', async () => {
    const client = clientOf(await start({ services: [] }));
    await expect(client.recordings(SIGNAL)).rejects.toMatchObject({ code: 'DEVICE_UNSUPPORTED' });
    await expect(client.replayUri('Recording_1', SIGNAL)).rejects.toMatchObject({
      code: 'DEVICE_UNSUPPORTED',
    });
  });

  it('holds from its earliest to its latest instant where it keeps no history of events', async () => {
    const refusal =
      '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Code><s:Value>s:Receiver</s:Value>' +
      '<s:Subcode><s:Value>ter:ActionNotSupported</s:Value></s:Subcode></s:Code></s:Fault></s:Body></s:Envelope>';
    const force_answer = (operation: string) =>
      operation === 'FindEvents' ? { status: 500, body: refusal } : null;
    const client = clientOf(await start({ faults: { force_answer } }));
    const wide = { start_ms: HELD.start_ms - 60_000, end_ms: HELD.end_ms - 2_000 };
    expect(await client.recordedSpans('Recording_1', wide, SIGNAL)).toEqual([
      { start_ms: HELD.start_ms, end_ms: HELD.end_ms - 2_000 },
    ]);
  });

  it('is reached where it was reached, whatever host it names', async () => {
    const device = await start({ faults: { advertised_host: '192.168.1.20' } });
    const client = clientOf(device);
    expect(await client.profiles(SIGNAL)).toHaveLength(3);
    expect(new URL(await client.replayUri('Recording_1', SIGNAL)).hostname).toBe('127.0.0.1');
  });

  it('does not hang when a search never completes', async () => {
    const force_answer = (operation: string, truth: string) =>
      operation === 'GetRecordingSearchResults'
        ? {
            status: 200,
            body: truth
              .replace('Completed', 'Searching')
              .replace(/<tt:RecordingInformation>.*<\/tt:RecordingInformation>/s, ''),
          }
        : null;
    const device = await start({ faults: { force_answer } });
    const address = { device_url: device.device_url, username: 'admin', password: 'secret' };
    const client = createDeviceClient({ address, time: SYSTEM_TIME, search_deadline_ms: 400 });
    closing.push(() => client.close());
    await expect(client.recordings(SIGNAL)).rejects.toMatchObject({ code: 'DEVICE_TIMEOUT' });
  });

  it('knows no recording that it did not list', async () => {
    const client = clientOf(await start());
    await expect(client.recordedSpans('Recording_9', HELD, SIGNAL)).rejects.toMatchObject({
      code: 'DEVICE_BROKEN',
    });
  });
});
