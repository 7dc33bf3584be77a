/** The replay client against simulated recorders that do what recorders in the field do. */
import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceAddress, ReplayEvent, TracksWanted } from '@minhchung/domain';
import {
  type ChannelOptions,
  type DeviceOptions,
  type RecordedFootage,
  recordFootage,
  recordSound,
  type SimulatedDevice,
  startDevice,
} from '@minhchung/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDeviceClient, createReplayClient, type ReplayClientOptions } from '../src/index.ts';
import { CERTIFICATES } from './support/certificates.ts';

const START_MS = Date.UTC(2026, 10, 22, 8, 0, 0);
const OFFSET_MS = 41 * 60_000 + 137;
const SIGNAL = new AbortController().signal;
const PASSWORD = 'mật khẩu 1';
const ALL_TRACKS: TracksWanted = { audio: true, metadata: true };
const opened: SimulatedDevice[] = [];
let folder: string;
let footage: RecordedFootage;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulated-recorders-'));
  footage = await recordFootage({
    ...{ directory: folder, camera_name: 'Ngõ 5', start_true_ms: START_MS, duration_ms: 10_000 },
    ...{ width: 176, height: 144, fps: 10, gop_ms: 1_000, b_frames: 2 },
  });
});
afterEach(async () => {
  for (const device of opened.splice(0)) await device.close();
});
afterAll(() => rm(folder, { recursive: true }));

async function start(
  options: Partial<DeviceOptions> = {},
  channel: Partial<ChannelOptions> = {},
): Promise<SimulatedDevice> {
  const channels = [{ name: 'Ngõ 5', footage, ...channel }];
  const device = await startDevice({
    ...{ channels, password: PASSWORD, clock_offset_ms: OFFSET_MS },
    ...options,
  });
  opened.push(device);
  return device;
}

interface PlayOptions extends ReplayClientOptions {
  readonly tracks?: TracksWanted;
  readonly from_ms?: number;
  readonly until_ms?: number;
}

async function play(device: SimulatedDevice, options: PlayOptions = {}): Promise<ReplayEvent[]> {
  const { tracks, from_ms = 0, until_ms = 10_000, ...settings } = options;
  const { device_url } = device;
  const address: DeviceAddress = { device_url, username: 'admin', password: PASSWORD, recorder_id: 'r1' };
  const asking = createDeviceClient({ address, time: { now_ms: () => Date.now() } });
  const uri = await asking.replayUri('Recording_1', SIGNAL);
  await asking.close();
  const client = createReplayClient({ resume: { attempts_max: 3, pause_ms: 1 }, ...settings });
  const base_ms = START_MS + OFFSET_MS;
  const device_span = { start_ms: base_ms + from_ms, end_ms: base_ms + until_ms };
  const events: ReplayEvent[] = [];
  const request = { uri, device_span, address, ...(tracks === undefined ? {} : { tracks }) };
  for await (const event of client.replay(request, SIGNAL)) events.push(event);
  return events;
}

const unitsOf = (events: readonly ReplayEvent[]) =>
  events.flatMap((event) => (event.type === 'unit' ? [event.unit] : []));

const sha256 = (data: Uint8Array) => hash('sha256', data);

/** Every coded picture with its time, as it was recorded. */
async function recorded(): Promise<string[]> {
  const list: string[] = [];
  for await (const { frame, data } of footage.units()) {
    list.push(`${(frame.true_time_ms + OFFSET_MS) * 1000} ${sha256(data)}`);
  }
  return list;
}
const toldOf = (events: readonly ReplayEvent[]) =>
  unitsOf(events).map(({ device_time_us, data }) => `${device_time_us} ${sha256(data)}`);

describe('a replay whose recorder breaks the connection', () => {
  it.each([
    ['every 13 pictures', { rtsp_drop_every_frames: 13 }],
    ['after every 20 kB', { rtsp_drop_after_bytes: 20_000 }],
  ])('%s is whole, in order, and without repetition', async (_, faults) => {
    const events = await play(await start({ faults }));
    expect(toldOf(events)).toEqual(await recorded());
    expect(unitsOf(events).filter(({ discontinuity }) => discontinuity).length).toBeLessThanOrEqual(1);
  });

  it('after so much time, at the pace of life, too', async () => {
    const device = await start({ faults: { rtsp_drop_every_ms: 300 }, quirks: { plays_at_pace: 8 } });
    expect(toldOf(await play(device))).toEqual(await recorded());
  });

  it('with sound and metadata: every unit of them once', async () => {
    const sound = await recordSound({ codec: 'pcmu', start_true_ms: START_MS, duration_ms: 10_000 });
    const metadata = [1, 2, 3].map((n) => ({ true_time_ms: START_MS + n * 2_000, xml: `<m n="${n}"/>` }));
    const device = await start({ faults: { rtsp_drop_every_frames: 17 } }, { sound, metadata });
    const events = await play(device, { tracks: ALL_TRACKS });
    const last_us = Math.max(...unitsOf(events).map(({ device_time_us }) => device_time_us));
    const expected = sound.units.filter(({ true_time_us }) => true_time_us + OFFSET_MS * 1000 <= last_us);
    const packets = events.flatMap((event) => (event.type === 'audio' ? [event.packet] : []));
    expect(packets.map(({ device_time_us }) => device_time_us - OFFSET_MS * 1000)).toEqual(
      expected.map(({ true_time_us }) => true_time_us),
    );
    expect(Buffer.concat(packets.map(({ data }) => data))).toEqual(
      Buffer.concat(expected.map(({ data }) => data)),
    );
    const documents = events.flatMap((event) =>
      event.type === 'metadata' ? [Buffer.from(event.packet.data).toString()] : [],
    );
    expect(documents).toEqual(['<m n="1"/>', '<m n="2"/>', '<m n="3"/>']);
  });

  it('by saying BYE early is asked for the rest', async () => {
    const events = await play(await start({ faults: { rtsp_bye_every_frames: 13 } }));
    expect(toldOf(events)).toEqual(await recorded());
  });

  it('and loses packets of its own is not passed off as whole', async () => {
    const device = await start({ faults: { rtsp_loses_every_packets: 30 } });
    await expect(play(device)).rejects.toMatchObject({
      code: 'SOURCE_BROKEN',
      details: { reason: expect.stringMatching(/packets are missing/) },
    });
  });
});

describe('a recorder that differs from the standard', () => {
  it('by beginning a group of pictures too early gives every picture of the span', async () => {
    const device = await start({ quirks: { pre_roll: 'group_early' } });
    const times = unitsOf(await play(device, { from_ms: 3_500 })).map(({ device_time_us }) => device_time_us);
    expect(times[0]).toBe((START_MS + OFFSET_MS + 2_000) * 1000);
    expect(new Set(times).size).toBe(80);
  });

  it.each(['first', 'repeated'] as const)('by stamping %s pictures only dates all of them', async (which) => {
    const device = await start({ quirks: { replay_stamps: which } });
    const found = unitsOf(await play(device)).map(({ device_time_us }) => device_time_us);
    const stamped = (await recorded()).map((one) => Number(one.split(' ')[0]));
    expect(found.map((time_us, n) => Math.abs(time_us - stamped[n]!) <= 1_000)).not.toContain(false);
  });

  it('by stamping none is refused with what to do instead', async () => {
    const device = await start({ quirks: { replay_stamps: 'none' } });
    await expect(play(device)).rejects.toMatchObject({
      code: 'SOURCE_BROKEN',
      details: { reason: expect.stringMatching(/playback address.*calibrate/) },
    });
  });

  it('by playing at its own pace is read at that pace, and is no stall', async () => {
    const device = await start({ quirks: { plays_at_pace: 5 } });
    const began_ms = performance.now();
    expect(unitsOf(await play(device, { stall_ms: 1_000 }))).toHaveLength(100);
    expect(performance.now() - began_ms).toBeGreaterThan(1_500);
  });

  it('by asking for a sign of life gets it, and plays on', async () => {
    expect(unitsOf(await play(await start({ quirks: { asks_for_life: true } })))).toHaveLength(100);
  });
});

describe('sound of a recorder', () => {
  it.each(['aac', 'pcmu', 'pcma'] as const)(
    'of %s comes with its own times, byte for byte',
    async (codec) => {
      const sound = await recordSound({ codec, start_true_ms: START_MS, duration_ms: 3_000 });
      const events = await play(await start({}, { sound }), { tracks: ALL_TRACKS });
      const stream = events.find((event) => event.type === 'audio_stream');
      expect(stream).toMatchObject({
        stream: { codec, channel_count: 1, sample_rate_hz: sound.sample_rate_hz },
      });
      const packets = events.flatMap((event) => (event.type === 'audio' ? [event.packet] : []));
      expect(packets.map(({ data }) => Buffer.from(data).toString('base64'))).toEqual(
        sound.units.map(({ data }) => data.toString('base64')),
      );
      expect(packets.map(({ device_time_us }) => device_time_us - OFFSET_MS * 1000)).toEqual(
        sound.units.map(({ true_time_us }) => true_time_us),
      );
    },
  );

  it('without stamps is dated by sender reports', async () => {
    const sound = await recordSound({ codec: 'pcmu', start_true_ms: START_MS, duration_ms: 1_000 });
    const device = await start({ quirks: { sound_without_stamps: true } }, { sound });
    const packets = (await play(device, { tracks: ALL_TRACKS })).flatMap((event) =>
      event.type === 'audio' ? [event.packet] : [],
    );
    const errors_us = packets.map(({ device_time_us }, n) =>
      Math.abs(device_time_us - OFFSET_MS * 1000 - sound.units[n]!.true_time_us),
    );
    expect(packets).toHaveLength(sound.units.length);
    expect(Math.max(...errors_us)).toBeLessThan(1_000);
  });

  it('that nobody wants is not set up, only named', async () => {
    const sound = await recordSound({ codec: 'pcmu', start_true_ms: START_MS, duration_ms: 1_000 });
    const events = await play(await start({}, { sound }));
    expect(events[0]).toMatchObject({ type: 'stream', other_streams: ['audio: PCMU'] });
    expect(events.some(({ type }) => type === 'audio')).toBe(false);
  });
});

describe('a replay over TLS', () => {
  it('is played where its certificate is the one that is known', async () => {
    const device = await start({ rtsp_certificate: CERTIFICATES.first });
    const seen: string[] = [];
    const pins = {
      accepts: async (recorder_id: string, { fingerprint_sha256 }: { fingerprint_sha256: string }) => {
        seen.push(`${recorder_id} ${fingerprint_sha256.length}`);
        return true;
      },
    };
    expect(unitsOf(await play(device, { pins }))).toHaveLength(100);
    expect(seen[0]).toBe('r1 64');
  });

  it('sends nothing to a recorder whose certificate is another', async () => {
    const device = await start({ rtsp_certificate: CERTIFICATES.first });
    const pins = { accepts: async () => false };
    await expect(play(device, { pins })).rejects.toMatchObject({ code: 'CERTIFICATE_CHANGED' });
  });

  it('signs in by SHA-256 alone', async () => {
    const options = { rtsp_certificate: CERTIFICATES.first, digest_algorithms: ['SHA-256'] as const };
    expect(unitsOf(await play(await start(options)))).toHaveLength(100);
  });
});
