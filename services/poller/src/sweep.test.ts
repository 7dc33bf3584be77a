import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeId } from '@minhchung/domain';
import {
  createDeviceClient,
  createDeviceMemory,
  createHttpPool,
  createRefusedCredentials,
} from '@minhchung/onvif';
import { openSecretBox, openStore, type SecretBox, type Store } from '@minhchung/store';
import { type RecordedFootage, recordFootage, type SimulatedDevice, startDevice } from '@minhchung/testkit';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RecorderMemory } from './recorder-memory.ts';
import { type SweepOptions, sweep } from './sweep.ts';

const OFFSET_MS = 2_473_300;
const PASSWORD = 'mat-khau-thu';
const newId = () => makeId(Date.now(), randomBytes(10));

describe('a sweep of the network', () => {
  let root: string;
  let footage: RecordedFootage;
  let device: SimulatedDevice;
  let store: Store;
  let secrets: SecretBox;
  let options: SweepOptions;
  let clock_id: string;
  let recorder_id: string;
  let camera_id: string;
  const pool = createHttpPool();

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'minhchung-sweep-'));
    footage = await recordFootage({
      directory: join(root, 'footage'),
      camera_name: 'T01',
      start_true_ms: Date.now() - 20_000,
      duration_ms: 5000,
      width: 176,
      height: 144,
      fps: 5,
    });
  });
  afterAll(async () => {
    await pool.close();
    await rm(root, { recursive: true, force: true });
  });

  beforeEach(async () => {
    const directory = await mkdtemp(join(root, 'site-'));
    device = await startDevice({
      channels: [{ name: 'T01', footage }],
      clock_offset_ms: OFFSET_MS,
      password: PASSWORD,
    });
    store = await openStore({ engine: 'sqlite', path: join(directory, 'store.db') });
    await store.migrate();
    secrets = await openSecretBox(join(directory, 'device-secrets.key'));
    await register(PASSWORD);
    const time = { now_ms: () => Date.now() };
    const refused = createRefusedCredentials();
    options = {
      store,
      secrets,
      time,
      logger: pino({ level: 'silent' }),
      openDevice: (address, memory) => createDeviceClient({ address, time, pool, refused, memory }),
      hostClock: async () => ({ synchronised: true, bound_ms: 5 }),
      measurement: { target_width_ms: 100, readings_max: 8, drift_ppm: 50 },
      createDeviceMemory,
      memory: new RecorderMemory(10),
      poller_id: 'poller',
      nextSweep: (after_ms) => after_ms + 300_000,
      cooldown: { failures_free: 3, pause_ms_max: 900_000 },
      work_list: null,
      everything: true,
      networks: null,
      concurrency: 4,
      device_deadline_ms: 15_000,
      stale_ms: 300_000,
    };
  });
  afterEach(async () => {
    await store.close();
    await device.close();
  });

  async function register(password: string): Promise<void> {
    const at_ms = Date.now();
    const [unit_id, network_id] = [newId(), newId()];
    [clock_id, recorder_id, camera_id] = [newId(), newId(), newId()];
    await store.transaction(async (tx) => {
      await tx.units.create({
        id: unit_id,
        code: 'P01',
        name: 'Phường thử nghiệm',
        level: 'ward',
        parent_id: null,
        valid_from_ms: 0,
        valid_to_ms: null,
        successor_ids: [],
      });
      await tx.networks.create({ id: network_id, code: 'LAN', name: 'Mạng thử nghiệm' });
      await tx.clocks.create({ id: clock_id, name: 'Đồng hồ đầu ghi', kind: 'recorder' });
      await tx.recorders.create({
        id: recorder_id,
        code: 'DG-01',
        name: 'Đầu ghi',
        unit_id,
        network_id,
        kind: 'onvif',
        device_url: device.device_url,
        folder: null,
        clock_id,
        created_at_ms: at_ms,
      });
      await tx.credentials.set(recorder_id, { username: 'admin', password }, secrets, at_ms);
      await tx.cameras.create({
        id: camera_id,
        code: 'C-01',
        name: 'Camera thử nghiệm',
        unit_id,
        site_id: null,
        kind: 'community',
        owner_id: null,
        position: { latitude_deg: 19.8, longitude_deg: 105.77 },
        aim_point: null,
        field_of_view_deg: null,
        range_m: null,
        mounting: null,
        reach: 'polled',
        recorder_id,
        source_token: device.channel(1).source_token,
        created_at_ms: at_ms,
        retired_at_ms: null,
      });
    });
  }

  const run = () => sweep(options, new AbortController().signal);
  const stateNow = async () => (await store.observations.current([camera_id]))[0];
  const offsets = () => store.clockOffsets.historyOf(clock_id);

  it('finds a working camera online, its clock measured and what its recorder holds', async () => {
    const report = await run();
    expect(report).toMatchObject({ recorders: 1, cameras: 1, faults: 0, by_state: { online: 1 } });
    const [offset] = await offsets();
    expect(offset?.min_ms).toBeLessThanOrEqual(OFFSET_MS);
    expect(offset?.max_ms).toBeGreaterThanOrEqual(OFFSET_MS);
    expect((offset?.max_ms ?? 0) - (offset?.min_ms ?? 0)).toBeLessThanOrEqual(110);
    const [coverage] = await store.coverage.latest([camera_id]);
    expect(coverage?.retained_from_device_ms).toBe(device.channel(1).retained()?.start_ms);
  });

  it('adds no row and no audit event when nothing changed', async () => {
    await run();
    const before = await store.audit.list({}, { limit: 100, after: null });
    const report = await run();
    expect(report.changes).toBe(0);
    const history = await store.observations.history(camera_id, { limit: 10, after: null });
    expect(history.rows).toHaveLength(1);
    expect((await store.audit.list({}, { limit: 100, after: null })).rows).toHaveLength(before.rows.length);
  });

  it('writes down the channels a recorder tells of, and asks nothing of them again while they stay', async () => {
    const channels = () => store.channels.ofRecorder(recorder_id);
    const { source_token } = device.channel(1);
    await run();
    expect(await channels()).toMatchObject([{ source_token, name: 'T01' }]);
    await store.channels.see(recorder_id, [{ source_token, name: 'Khác' }], Date.now());
    await run();
    expect(await channels()).toMatchObject([{ source_token, name: 'Khác' }]);
    options = { ...options, memory: new RecorderMemory(10) };
    await run();
    expect(await channels()).toMatchObject([{ source_token, name: 'T01' }]);
  });

  it('closes the interval and opens another when the device goes away, and keeps its offset', async () => {
    await run();
    await device.goOffline();
    expect((await run()).by_state.offline).toBe(1);
    expect(await stateNow()).toMatchObject({ state: 'offline', reason: 'connection_refused' });
    expect(await offsets()).toHaveLength(1);
    const events = await store.audit.list({ act: 'camera.state_changed' }, { limit: 10, after: null });
    expect(events.rows.map(({ details }) => details.state)).toEqual(['offline', 'online']);
  });

  it('asks a device that refused the password only once, and measures its clock all the same', async () => {
    await store.credentials.set(recorder_id, { username: 'admin', password: 'sai' }, secrets, Date.now());
    expect((await run()).by_state.refused).toBe(1);
    const refusals = device.credentials.refusal_count;
    await run();
    expect(device.credentials.refusal_count).toBe(refusals);
    expect(await offsets()).toHaveLength(1);
  });

  it('notices that the clock was set, and says so in the audit trail', async () => {
    await run();
    device.clock.step(OFFSET_MS + 3_600_000);
    await run();
    const history = await offsets();
    expect(history.map(({ began_as }) => began_as)).toEqual(['first', 'step']);
    const events = await store.audit.list({ act: 'clock.stepped' }, { limit: 10, after: null });
    expect(events.rows).toHaveLength(1);
  });

  it('calls a fault of our own a fault, not a state of the camera', async () => {
    const other_box = await openSecretBox(join(await mkdtemp(join(root, 'key-')), 'other.key'));
    const report = await sweep({ ...options, secrets: other_box }, new AbortController().signal);
    expect(report.faults).toBe(1);
    expect(await stateNow()).toBeUndefined();
  });
});
