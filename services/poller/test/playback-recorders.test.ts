import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLAYBACK_PRESETS, type PlaybackFinding, type Recorder } from '@minhchung/domain';
import {
  createDeviceClient,
  createDeviceMemory,
  createHttpPool,
  createRefusedCredentials,
  createRtspReach,
} from '@minhchung/onvif';
import { openSecretBox, openStore, type Store } from '@minhchung/store';
import { type RecordedFootage, recordFootage, startDevice, startVendorRecorder } from '@minhchung/testkit';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RecorderMemory, type SweepOptions, sweep } from '../src/index.ts';

const PASSWORD = 'mat-khau-thu';
const FINDING: PlaybackFinding = {
  ...{ semantics: 'unix_utc', zone_offset_min: 0, frame_times: 'stamped', frame_offset_min: 0 },
  ...{ start_rule: 'keyframe_before', honours_end: true, keyframe_interval_ms: 2_000, time_resolution_ms: 0 },
  ...{ nothing_answer: 'rtsp_404', method: 'frame_times', calibrated_at_ms: 1, calibrated_by_person_id: 'p' },
  ...{ firmware_version: '1.10', stale: null },
};

describe('polling recorders that play at their maker’s address', () => {
  let root: string;
  let footage: RecordedFootage;
  let store: Store;
  let options: SweepOptions;
  const pool = createHttpPool();
  const closers: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'minhchung-poll-playback-'));
    footage = await recordFootage({
      ...{ directory: join(root, 'footage'), camera_name: 'T01', start_true_ms: Date.now() - 20_000 },
      ...{ duration_ms: 2_000, width: 176, height: 144, fps: 5 },
    });
  });
  afterAll(async () => {
    await pool.close();
    await rm(root, { recursive: true, force: true });
  });
  beforeEach(async () => {
    const directory = await mkdtemp(join(root, 'site-'));
    store = await openStore({ engine: 'sqlite', path: join(directory, 'store.db') });
    await store.migrate();
    const secrets = await openSecretBox(join(directory, 'device-secrets.key'));
    const time = { now_ms: () => Date.now() };
    const refused = createRefusedCredentials();
    options = {
      ...{ store, secrets, time, logger: pino({ level: 'silent' }), poller_id: 'poller' },
      openDevice: (address, memory) => createDeviceClient({ address, time, pool, refused, memory }),
      rtspOptions: createRtspReach().options,
      hostClock: async () => ({ synchronised: true, bound_ms: 5 }),
      measurement: { target_width_ms: 1_500, readings_max: 1, drift_ppm: 50 },
      ...{ createDeviceMemory, memory: new RecorderMemory(10), work_list: null, everything: true },
      nextSweep: (after_ms) => after_ms + 300_000,
      cooldown: { failures_free: 3, pause_ms_max: 900_000 },
      ...{ networks: null, concurrency: 4, device_deadline_ms: 5_000, stale_ms: 300_000 },
    };
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
    await store.close();
  });

  async function register(device_url: string): Promise<void> {
    const validity = { valid_from_ms: 0, valid_to_ms: null, successor_ids: [] };
    await store.units.create({ id: 'W', code: 'W', name: 'W', level: 'ward', parent_id: null, ...validity });
    await store.networks.create({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs: [] });
    await store.clocks.create({ id: 'K', name: 'K', kind: 'recorder' });
    const recorder: Recorder = {
      ...{ id: 'R', code: 'R', name: 'R', unit_id: 'W', network_id: 'LAN', kind: 'playback_url', device_url },
      ...{ folder: null, clock_id: 'K', created_at_ms: 0 },
      playback: {
        ...{
          vendor: 'uniview',
          template: PLAYBACK_PRESETS.uniview,
          channel: 1,
          rtsp_port: null,
          finding: FINDING,
        },
      },
    };
    await store.recorders.create(recorder);
    await store.credentials.set('R', { username: 'admin', password: PASSWORD }, options.secrets, 1);
    await store.cameras.create({
      ...{ id: 'C', code: 'C', name: 'C', unit_id: 'W', site_id: null, kind: 'community', owner_id: null },
      ...{ position: { latitude_deg: 19.8, longitude_deg: 105.7 }, aim_point: null, field_of_view_deg: null },
      ...{ range_m: null, mounting: null, reach: 'polled', recorder_id: 'R', source_token: null },
      ...{ created_at_ms: 0, retired_at_ms: null },
    });
  }
  const run = () => sweep(options, new AbortController().signal);
  const state = async () => (await store.observations.current(['C']))[0];
  const stale = async () => (await store.recorders.byId('R'))?.playback?.finding?.stale;
  const device = async () => {
    const started = await startDevice({ channels: [{ name: 'T01', footage }], password: PASSWORD });
    closers.push(() => started.close());
    return started;
  };

  it('finds one that has nothing but RTSP online while it answers, and offline when it does not', async () => {
    const recorder = await startVendorRecorder({
      vendor: 'uniview',
      reads: 'utc',
      footage,
      password: PASSWORD,
    });
    closers.push(() => recorder.close());
    await register(recorder.device_url);
    await run();
    expect(await state()).toMatchObject({ state: 'online', reason: 'ok' });
    await recorder.close();
    await run();
    expect(await state()).toMatchObject({ state: 'offline', reason: 'connection_refused' });
    expect(recorder.credentials.refusal_count).toBe(0);
    expect(await stale()).toBeNull();
  });

  it('measures the clock of one that has ONVIF beside, and leaves its finding in force', async () => {
    await register((await device()).device_url);
    await run();
    expect(await state()).toMatchObject({ state: 'online' });
    expect(await store.clockOffsets.historyOf('K')).toHaveLength(1);
    expect(await stale()).toBeNull();
  });

  it('marks its finding stale when it runs other firmware', async () => {
    await register((await device()).device_url);
    const recorder = (await store.recorders.byId('R'))!;
    const finding = { ...FINDING, firmware_version: '1.09' };
    await store.recorders.update({ ...recorder, playback: { ...recorder.playback!, finding } });
    await run();
    expect(await stale()).toMatchObject({ reason: 'firmware_changed' });
    await run();
    const told = await store.audit.list({ act: 'recorder.finding_stale' }, { limit: 9, after: null });
    expect(told.rows).toMatchObject([{ details: { reason: 'firmware_changed' } }]);
  });

  it('marks it stale when its clock moved by an hour, and not when it was put right by seconds', async () => {
    const started = await device();
    await register(started.device_url);
    await run();
    started.clock.step(20_000);
    await run();
    expect(await stale()).toBeNull();
    started.clock.step(3_620_000);
    await run();
    expect(await stale()).toMatchObject({ reason: 'clock_changed' });
  });
});
