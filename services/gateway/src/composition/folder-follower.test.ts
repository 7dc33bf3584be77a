import { randomBytes } from 'node:crypto';
import { mkdtemp, rename, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeId } from '@minhchung/domain';
import { createRecordingFolderSource } from '@minhchung/footage';
import { createDeviceClient, createHttpPool, createRefusedCredentials } from '@minhchung/onvif';
import { RecorderMemory, type SweepOptions, sweep, Turns } from '@minhchung/poller';
import { loadSettings } from '@minhchung/settings';
import { openSecretBox, openStore, type Store } from '@minhchung/store';
import { DeviceClock, FakeTime, recordFootage, writeSegments } from '@minhchung/testkit';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderFollower } from './folder-follower.ts';

const START_MS = Date.UTC(2026, 10, 22, 1);
const SIGNAL = new AbortController().signal;
const newId = () => makeId(Date.now(), randomBytes(10));
const LAYOUT = { pattern: 'mediamtx', zone: 'Asia/Ho_Chi_Minh' } as const;

let root: string;
let store: Store;
let options: SweepOptions;
const recorder_id = newId();
const camera_id = newId();
const pool = createHttpPool();

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'folder-follower-'));
  const footage = await recordFootage({
    ...{ directory: join(root, 'footage'), camera_name: 'T01', start_true_ms: START_MS },
    ...{ duration_ms: 6_000, width: 176, height: 144, fps: 5, gop_ms: 1_000 },
  });
  const clock = new DeviceClock(new FakeTime(START_MS), 0);
  const directory = join(root, 'recordings', 'gate');
  const segments = await writeSegments(footage, { directory, clock, segment_ms: 2_000 });
  for (const { name } of segments) await utimes(join(directory, name), START_MS / 1000, START_MS / 1000);
  store = await openStore({ engine: 'sqlite', path: join(root, 'store.db') });
  await store.migrate();
  await register();
  const time = { now_ms: () => Date.now() };
  const refused = createRefusedCredentials();
  const loaded = loadSettings();
  const registry = { ...loaded.registry, recording_roots: [root] };
  options = {
    ...{ store, time, secrets: await openSecretBox(join(root, 'device-secrets.key')) },
    logger: pino({ level: 'silent' }),
    openDevice: (address, memory) => createDeviceClient({ address, time, pool, refused, memory }),
    hostClock: async () => ({ synchronised: true, bound_ms: 5 }),
    measurement: { target_width_ms: 100, readings_max: 8, drift_ppm: 50 },
    ...{ createDeviceMemory: null, memory: new RecorderMemory(10), poller_id: 'poller' },
    nextSweep: (after_ms) => after_ms + 300_000,
    cooldown: { failures_free: 3, pause_ms_max: 900_000 },
    ...{ work_list: null, everything: true, networks: null, concurrency: 4 },
    ...{ device_deadline_ms: 15_000, stale_ms: 300_000 },
    folders: { follower: createFolderFollower({ ...loaded, registry }, store), turns: new Turns(2) },
  };
});
afterEach(async () => {
  await store.close();
  await pool.close();
  await rm(root, { recursive: true });
});

async function register(): Promise<void> {
  const [unit_id, network_id, clock_id] = [newId(), newId(), newId()];
  const unit = { level: 'ward', parent_id: null, valid_from_ms: 0, valid_to_ms: null } as const;
  await store.units.create({ id: unit_id, code: 'P01', name: 'Phường', ...unit, successor_ids: [] });
  await store.networks.create({ id: network_id, code: 'LAN', name: 'Mạng' });
  await store.clocks.create({ id: clock_id, name: 'Đồng hồ', kind: 'recorder' });
  await store.recorders.create({
    ...{ id: recorder_id, code: 'TM-01', name: 'Thư mục', unit_id, network_id, clock_id, created_at_ms: 0 },
    ...{ kind: 'folder', device_url: null, folder: { path: join(root, 'recordings'), ...LAYOUT } },
  });
  await store.cameras.create({
    ...{ id: camera_id, code: 'C-01', name: 'Cổng', unit_id, site_id: null, kind: 'community' },
    ...{ owner_id: null, position: { latitude_deg: 19.8, longitude_deg: 105.77 }, aim_point: null },
    ...{ field_of_view_deg: null, range_m: null, mounting: null, reach: 'polled', recorder_id },
    ...{ source_token: 'gate', created_at_ms: 0, retired_at_ms: null },
  });
}

const observed = async () => (await store.observations.current([camera_id]))[0];

describe('a folder recorder that is polled', () => {
  it('tells what it holds, that it stopped recording, and that it cannot be read', async () => {
    await sweep(options, SIGNAL);
    const [coverage] = await store.coverage.latest([camera_id]);
    expect(coverage).toMatchObject({
      retained_from_device_ms: START_MS,
      retained_to_device_ms: START_MS + 6_000,
    });
    expect(await observed()).toMatchObject({ state: 'degraded', reason: 'recording_stopped' });
    await rename(join(root, 'recordings'), join(root, 'away'));
    await sweep(options, SIGNAL);
    expect(await observed()).toMatchObject({ state: 'offline', reason: 'folder_unreachable' });
  });

  it('leaves to an extractor elsewhere nothing to list or open before it reads', async () => {
    await sweep(options, SIGNAL);
    const elsewhere = await openStore({ engine: 'sqlite', path: join(root, 'store.db') });
    let opened = 0;
    const source = createRecordingFolderSource({
      ...{ folder: join(root, 'recordings'), layout: LAYOUT, path: 'gate', recorder_id },
      ...{ index: elsewhere.folderIndex, time: { now_ms: () => Date.now() } },
      reader: {
        mayHaveSound: async () => false,
        async open() {
          opened += 1;
          throw new Error('it was opened');
        },
      },
    });
    const asked = { start_ms: START_MS + 1_000, end_ms: START_MS + 3_500 };
    expect((await source.holdings(asked, SIGNAL)).spans).toEqual([asked]);
    expect(opened).toBe(0);
    await elsewhere.close();
  });
});
