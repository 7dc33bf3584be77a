import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeId } from '@minhchung/domain';
import { openSecretBox, openStore, type Store, type StoreOptions } from '@minhchung/store';
import { CITY_DEFAULTS, type City, type ClockAsked, sourceToken, startCity } from '@minhchung/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../packages/store/test/postgres.ts';
import type { PollingProcessOptions } from './polling-process.ts';

const DEVICES = 60;
/** Divides a minute, so that the schedule's periods are those of the clock. */
const PERIOD_MS = 10_000;
const SCHEDULE = '*/10 * * * * *';
const PROGRAM = join(import.meta.dirname, 'polling-process.ts');

describe('two pollers on PostgreSQL', () => {
  let folder: string;
  let postgres: PostgresServer;
  let city: City;
  let store: Store;
  let options: Omit<PollingProcessOptions, 'name'>;
  const processes: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minhchung-two-pollers-'));
    postgres = await startPostgres();
    // Every device thinks for a while, so that a sweep lasts long enough to be killed in its middle.
    city = await startCity({ devices: DEVICES, troubles: { slow: 1 }, slow_ms: 60 });
    const connection_string = await postgres.createDatabase();
    const store_options: StoreOptions = { engine: 'postgres', connection_string };
    const key_path = join(folder, 'device-secrets.key');
    store = await openStore(store_options);
    await store.migrate();
    await register(store, key_path, city.device_urls);
    options = { store: store_options, key_path, schedule: SCHEDULE, concurrency: 6 };
  });
  afterAll(async () => {
    for (const one of processes) one.kill('SIGKILL');
    await store?.close();
    await city?.close();
    await postgres?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function startPoller(name: string): Promise<ChildProcess> {
    const poller = fork(PROGRAM, [JSON.stringify({ ...options, name })], { execArgv: [] });
    processes.push(poller);
    await once(poller, 'message');
    return poller;
  }

  it('go on as one when the other is killed in mid-sweep: everybody within two periods, nobody twice in one', async () => {
    const [doomed] = await Promise.all([startPoller('doomed'), startPoller('alive')]);
    await untilAfter(nextPeriod(Date.now()));
    await waitFor(async () => {
      const share = countBy(inPeriod(await city.clocksAsked(), Date.now()));
      return (share.doomed ?? 0) >= 8 && (share.alive ?? 0) >= 8;
    });
    const killed_at_ms = Date.now();
    doomed.kill('SIGKILL');
    const asked_before = inPeriod(await city.clocksAsked(), killed_at_ms);
    expect(new Set(asked_before.map(({ device }) => device)).size).toBeLessThan(DEVICES);

    await untilAfter(killed_at_ms + 2 * PERIOD_MS);
    const asked = await city.clocksAsked();
    const since = asked.filter(({ at_ms }) => at_ms > killed_at_ms && at_ms <= killed_at_ms + 2 * PERIOD_MS);
    expect(new Set(since.map(({ device }) => device)).size).toBe(DEVICES);
    // The first period may begin with what the pollers found when they started in its middle.
    const whole_periods = asked.filter(({ at_ms }) => periodOf(at_ms) >= periodOf(killed_at_ms));
    const twice = [...Map.groupBy(whole_periods, ({ device, at_ms }) => `${device} in ${periodOf(at_ms)}`)]
      .filter(([, times]) => times.length > 1)
      .map(([what]) => what);
    expect(twice).toEqual([]);
    const cameras = (await store.cameras.list({ state: 'online' }, { limit: 100, after: null })).rows;
    expect(cameras).toHaveLength(DEVICES);
  }, 90_000);
});

/** Two pollers with one schedule agree on when a period begins. */
const periodOf = (at_ms: number) => Math.floor(at_ms / PERIOD_MS);
const nextPeriod = (at_ms: number) => (periodOf(at_ms) + 1) * PERIOD_MS;
const inPeriod = (asked: readonly ClockAsked[], now_ms: number) =>
  asked.filter(({ at_ms }) => periodOf(at_ms) === periodOf(now_ms));

function countBy(asked: readonly ClockAsked[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(asked, ({ by }) => by)].map(([by, of]) => [by, of.length]));
}

async function untilAfter(at_ms: number): Promise<void> {
  while (Date.now() <= at_ms) await pause(Math.max(1, at_ms - Date.now()));
}

async function waitFor(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await pause(20);
}

async function register(store: Store, key_path: string, device_urls: readonly string[]): Promise<void> {
  const secrets = await openSecretBox(key_path);
  const at_ms = Date.now();
  const id = () => makeId(at_ms, randomBytes(10));
  const [unit_id, network_id] = [id(), id()];
  const { username, password } = CITY_DEFAULTS;
  await store.units.create({
    ...{ id: unit_id, code: 'P01', name: 'Phường', level: 'ward', parent_id: null },
    ...{ valid_from_ms: 0, valid_to_ms: null, successor_ids: [] },
  });
  await store.networks.create({ id: network_id, code: 'LAN', name: 'Mạng' });
  for (const [n, device_url] of device_urls.entries()) {
    const [recorder_id, clock_id] = [id(), id()];
    await store.clocks.create({ id: clock_id, name: `Đồng hồ ${n}`, kind: 'recorder' });
    await store.recorders.create({
      ...{ id: recorder_id, code: `R${n}`, name: `Đầu ghi ${n}`, unit_id, network_id, kind: 'onvif' },
      ...{ device_url, folder: null, clock_id, created_at_ms: at_ms },
    });
    await store.cameras.create({
      ...{ id: id(), code: `C${n}`, name: `Camera ${n}`, unit_id, site_id: null, kind: 'community' },
      ...{ owner_id: null, aim_point: null, field_of_view_deg: null, range_m: null, mounting: null },
      position: { latitude_deg: 19.8, longitude_deg: 105.77 },
      ...{ reach: 'polled', recorder_id, source_token: sourceToken(1) },
      ...{ created_at_ms: at_ms, retired_at_ms: null },
    });
    await store.credentials.set(recorder_id, { username, password }, secrets, at_ms);
  }
}
