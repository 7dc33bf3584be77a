import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceAddress, PlaybackFinding, PlaybackSettings, ShownTime, Span } from '@minhchung/domain';
import { PLAYBACK_PRESETS } from '@minhchung/domain';
import { createPlaybackUrlSource } from '@minhchung/footage';
import { createReplayClient } from '@minhchung/onvif';
import { calibratePlayback } from '@minhchung/registry';
import {
  type RecordedFootage,
  readBurnedClocks,
  recordFootage,
  startVendorRecorder,
  type VendorOptions,
  type VendorRecorder,
} from '@minhchung/testkit';
import { afterAll, afterEach } from 'vitest';

const PASSWORD = 'mat-khau-thu';
const HOUR_MS = 3_600_000;
const SIGNAL = new AbortController().signal;

/** Templates as they would be registered. */
const TEMPLATES = { ...PLAYBACK_PRESETS, generic: '/play/{channel}/{start:unix_ms}-{end:unix_ms}' };

/** Footage of half a minute that lies the day before yesterday, and a fresh recorder of it for every test. */
export function vendorBench() {
  let folder: Promise<string> | null = null;
  let footage: Promise<RecordedFootage> | null = null;
  const running: VendorRecorder[] = [];

  afterEach(async () => {
    for (const recorder of running.splice(0)) await recorder.close();
  });
  afterAll(async () => {
    if (folder !== null) await rm(await folder, { recursive: true, force: true });
  });

  const folderOf = () => {
    folder ??= mkdtemp(join(tmpdir(), 'minhchung-vendor-'));
    return folder;
  };
  const footageOf = async () => {
    footage ??= recordFootage({
      directory: join(await folderOf(), 'footage'),
      camera_name: 'V01',
      start_true_ms: Math.floor((Date.now() - 40 * HOUR_MS) / 1_000) * 1_000 + 345,
      duration_ms: 24_000,
      width: 176,
      height: 144,
      gop_ms: 2_000,
    });
    return footage;
  };

  return {
    async start(options: Omit<VendorOptions, 'footage' | 'password'>): Promise<VendorRecorder> {
      const recorder = await startVendorRecorder({
        ...options,
        footage: await footageOf(),
        password: PASSWORD,
      });
      running.push(recorder);
      return recorder;
    },
    footage: footageOf,
    /** Clocks burned into pictures given as an elementary stream. */
    async burnedClocks(units: readonly Uint8Array[]): Promise<number[]> {
      const path = join(await folderOf(), `units-${Math.random()}.h264`);
      await writeFile(path, Buffer.concat(units.map(annexB)));
      const times: number[] = [];
      for await (const clock of readBurnedClocks(path, { format: 'h264' })) {
        if (!clock.valid) throw new Error('a burned clock cannot be read');
        times.push(clock.true_time_ms);
      }
      return times;
    },
  };
}

/** How the recorder is reached. */
export function reached(recorder: VendorRecorder) {
  const { vendor } = recorder.model.options;
  const playback: PlaybackSettings = {
    ...{ vendor, template: TEMPLATES[vendor], channel: 1, rtsp_port: null, finding: null },
  };
  const address: DeviceAddress = { device_url: recorder.device_url, username: 'admin', password: PASSWORD };
  return { playback, address, replay: createReplayClient({ stall_ms: 1_000 }) };
}

/** Calibrates a recorder as a technician would. */
export async function calibrated(
  recorder: VendorRecorder,
  options: { readonly readings?: readonly ShownTime[]; readonly stated_zone_min?: number } = {},
): Promise<PlaybackFinding> {
  const { playback, address, replay } = reached(recorder);
  const times = await calibratePlayback(
    {
      ...{ recorder: 'DG-01', replay, address, playback, channel: 1 },
      present: { device_now_ms: Date.now() + recorder.model.clock_offset_ms, bound_ms: 100 },
      readings: options.readings ?? [],
      stated_zone_min: options.stated_zone_min ?? null,
    },
    SIGNAL,
  );
  const kept = { calibrated_at_ms: 0, calibrated_by_person_id: 'p', firmware_version: null, stale: null };
  return { ...times, ...kept };
}

/** The source an extraction would open. */
export function sourceOf(recorder: VendorRecorder, finding: PlaybackFinding | null) {
  const { playback, address, replay } = reached(recorder);
  return createPlaybackUrlSource({
    ...{ replay, address, camera: { source_token: null }, time: { now_ms: () => Date.now() } },
    recorder: { code: 'DG-01', playback: { ...playback, finding } },
    clock_offset_ms: recorder.model.clock_offset_ms,
  });
}

/** Pictures that a source gives of a span, in decode order, and how often it said that something is missing. */
export async function readSpan(source: ReturnType<typeof sourceOf>, device_span: Span) {
  const packets: { device_ms: number; data: Uint8Array }[] = [];
  let breaks = 0;
  for await (const event of source.read(device_span, SIGNAL)) {
    if (event.type === 'discontinuity') breaks += 1;
    if (event.type === 'packet') {
      const { device_time_us, data } = event.packet;
      packets.push({ device_ms: device_time_us / 1_000, data: Uint8Array.from(data) });
    }
  }
  return { packets, breaks };
}

function annexB(data: Uint8Array): Buffer {
  const bytes = Buffer.from(data);
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    bytes.writeUInt32BE(1, at);
    at += 4 + length;
  }
  return bytes;
}
