import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createDeviceClient,
  createDeviceMemory,
  createHttpPool,
  createRefusedCredentials,
} from '@minhchung/onvif';
import { openSecretBox, openStore, type Store } from '@minhchung/store';
import { recordFootage, type SimulatedDevice, startDevice } from '@minhchung/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHostWatch, RecorderMemory, type SweepOptions, sweep } from '../src/index.ts';

const OFFSET_MS = 2_473_300;
const DEVICES = 4;

let root: string;
let store: Store;
let devices: SimulatedDevice[];
let options: SweepOptions;
let host_shift_ms = 0;
const log: string[] = [];
const pool = createHttpPool();
const time = { now_ms: () => Date.now() + host_shift_ms };

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'host-blame-'));
  const picture = { width: 176, height: 144, fps: 5, duration_ms: 1000, start_true_ms: Date.now() - 20_000 };
  const footage = await recordFootage({ directory: join(root, 'footage'), camera_name: 'T01', ...picture });
  const channels = [{ name: 'T01', footage }];
  const start = () => startDevice({ channels, clock_offset_ms: OFFSET_MS, password: 'mat-khau' });
  devices = await Promise.all(Array.from({ length: DEVICES }, start));
  store = await openStore({ engine: 'sqlite', path: join(root, 'store.db') });
  await store.migrate();
  await register();
  const logger = pino({ level: 'info' }, { write: (line: string) => void log.push(line) });
  const refused = createRefusedCredentials();
  const hostWatch = createHostWatch({
    read: async () => ({ synchronised: true, bound_ms: 5 }),
    // The jump itself is not seen here: a host that was wrong from its start has none.
    ...{ wall_ms: () => 0, monotonic_ms: () => 0, blame: { share_min: 0.3, steps_min: 3 }, logger },
  });
  options = {
    ...{
      store,
      time,
      logger,
      hostWatch,
      createDeviceMemory,
      everything: true,
      work_list: null,
      networks: null,
    },
    ...{ secrets: await openSecretBox(join(root, 'secrets.key')), poller_id: randomUUID() },
    ...{ memory: new RecorderMemory(10), nextSweep: (after_ms) => after_ms + 300_000 },
    cooldown: { failures_free: 3, pause_ms_max: 900_000 },
    openDevice: (address, memory) =>
      createDeviceClient({ address, time, pool, refused, ...(memory === undefined ? {} : { memory }) }),
    hostClock: () => hostWatch.state(),
    measurement: { target_width_ms: 200, readings_max: 6, drift_ppm: 100 },
    ...{ concurrency: 4, device_deadline_ms: 20_000, stale_ms: 300_000 },
  };
});
afterAll(async () => {
  await store.close();
  for (const device of devices) await device.close();
  await pool.close();
  await rm(root, { recursive: true, force: true });
});

async function register(): Promise<void> {
  const validity = { valid_from_ms: 0, valid_to_ms: null, successor_ids: [] };
  await store.units.create({
    id: 'W',
    code: 'W',
    name: 'Phường',
    level: 'ward',
    parent_id: null,
    ...validity,
  });
  await store.networks.create({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs: [] });
  for (const [n, device] of devices.entries()) {
    await store.clocks.create({ id: `K${n}`, name: 'K', kind: 'recorder' });
    await store.recorders.create({
      ...{ id: `R${n}`, code: `R${n}`, name: 'R', unit_id: 'W', network_id: 'LAN', kind: 'onvif' },
      ...{ device_url: device.device_url, folder: null, clock_id: `K${n}`, created_at_ms: 0 },
    });
    await store.cameras.create({
      ...{ id: `C${n}`, code: `C${n}`, name: 'C', unit_id: 'W', site_id: null, kind: 'community' },
      ...{ owner_id: null, position: { latitude_deg: 19.8, longitude_deg: 105.7 }, aim_point: null },
      ...{ field_of_view_deg: null, range_m: null, mounting: null, reach: 'polled', recorder_id: `R${n}` },
      ...{ source_token: null, created_at_ms: 0, retired_at_ms: null },
    });
  }
}

const histories = () =>
  Promise.all(
    devices.map(async (_, n) => (await store.clockOffsets.historyOf(`K${n}`)).map((one) => one.began_as)),
  );
const stepsTold = async () =>
  (await store.audit.list({ act: 'clock.stepped' }, { limit: 9, after: null })).rows.length;
const run = () => sweep(options, new AbortController().signal);

it('blames the host when all clocks step at once, and the device when one does', async () => {
  await run();
  const before = await histories();
  expect(before).toEqual(Array.from({ length: DEVICES }, () => ['first']));

  host_shift_ms = 90_000;
  const report = await run();
  expect(report).toMatchObject({ recorders: DEVICES, faults: 0 });
  expect(await histories()).toEqual(before);
  expect(await stepsTold()).toBe(0);
  expect(log.join()).toContain('this host is blamed');

  host_shift_ms = 0;
  devices[2]!.clock.step(OFFSET_MS + 3_600_000);
  await run();
  const after = await histories();
  expect(after[2]).toEqual(['first', 'step']);
  expect([after[0], after[1], after[3]]).toEqual([['first'], ['first'], ['first']]);
  expect(await stepsTold()).toBe(1);
});
