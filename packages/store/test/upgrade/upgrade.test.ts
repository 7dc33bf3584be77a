import { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store, type StoreOptions, secretBox } from '../../src/index.ts';
import { serverDialect } from '../../src/postgres/dialect.ts';
import { FileDialect } from '../../src/sqlite/dialect.ts';
import { postgresEngine, sqliteEngine, type TestEngine } from '../engine.ts';
import { buildFirstSchema, OLD_KEY, OLD_MS } from './first-schema.ts';

const PAGE = { limit: 50, after: null };
const DAY = 86_400_000;
const box = secretBox(OLD_KEY);

describe.each([
  ['SQLite', sqliteEngine],
  ['PostgreSQL', postgresEngine],
] as const)('a database of the first schema on %s, brought up to date', (_name, start) => {
  let engine: TestEngine;
  let store: Store;
  let applied: readonly string[];

  beforeAll(async () => {
    engine = await start();
    const options = await engine.empty();
    const old = new Kysely({ dialect: dialectOf(options) });
    await buildFirstSchema(old, engine.name);
    await old.destroy();
    store = await openStore(options);
    applied = await store.migrate();
  }, 60_000);
  afterAll(async () => {
    await store?.close();
    await engine?.stop();
  });

  it('gets every later migration once', async () => {
    expect(applied[0]).toBe('0007_unit_maps');
    expect(applied.length).toBeGreaterThanOrEqual(10);
    expect(await store.migrate()).toEqual([]);
  });

  it('has people, places and their ends as they were', async () => {
    expect(await store.units.byId('ward-0')).toMatchObject({
      valid_to_ms: OLD_MS,
      successor_ids: ['ward-1'],
    });
    expect(await store.boundaries.ofUnits(['ward-1'])).toEqual([]);
    expect(await store.networks.byCode('LAN')).toMatchObject({ name: 'Mạng phường', cidrs: [] });
    expect(await store.schemes.byId('scheme-1')).toMatchObject({ status: 'active', ended_at_ms: null });
    expect(await store.schemes.byId('scheme-2')).toMatchObject({ status: 'ended', ended_at_ms: null });
    expect((await store.sites.byId('site-1'))!.name).toBe('Ngã tư Voi');
    const record = (await store.people.accountByLogin('an'))!;
    expect(record.appointments).toEqual([{ role: 'officer', unit_id: 'ward-1' }]);
    expect(await store.sessions.find('a'.repeat(64), OLD_MS)).not.toBeNull();
  });

  it('opens credentials sealed before keys had names, and seals them anew', async () => {
    const account = { username: 'admin', password: 'mật khẩu cũ' };
    expect(await store.credentials.open('recorder-1', box)).toEqual(account);
    expect((await store.credentials.openAll(['recorder-1'], box)).size).toBe(1);
  });

  it('knows the device behind an address, however it was written, and what a household holds', async () => {
    const at = async (url: string) => (await store.recorders.atDevice('network-1', url)).map(({ id }) => id);
    expect(await at('http://192.168.1.2/onvif/device_service')).toEqual(['recorder-2']);
    expect(await at('http://192.168.1.1/onvif/device_service')).toEqual(['recorder-1']);
    const claims = await store.householdDevices.claims(
      'network-1',
      'http://192.168.1.2/onvif/device_service',
    );
    expect(claims).toHaveLength(1);
  });

  it('has cameras and agreements with what is asked since left open', async () => {
    expect(await store.cameras.byId('camera-1')).toMatchObject({ mounting: null, reach: 'polled' });
    expect(await store.agreements.byId('agreement-1')).toMatchObject({
      ...{ notice: null, power_host: null, network_host: null, confirmed_at_ms: OLD_MS },
      hours: { from_minute: 1320, to_minute: 360 },
    });
    expect((await store.changes.history('camera', 'camera-1', PAGE)).rows).toEqual([]);
    expect(await store.ownerLinks.emailOf('owner-1')).toBeNull();
  });

  it('finds by word what was registered before there were words', async () => {
    const hits = async (text: string) =>
      (await store.search.find({ unit_ids: ['ward-1', 'ward-2'], text })).map(
        ({ kind, id }) => `${kind} ${id}`,
      );
    expect(await hits('dong ve 1')).toContain('camera camera-1');
    expect(await hits('đầu ghi 3')).toEqual(['recorder recorder-3']);
    expect(await hits('voi')).toEqual(['site site-1']);
    expect(await hits('mô hình')).toHaveLength(2);
    expect(await hits('phuong ward')).toContain('unit ward-1');
  });

  it('reads states and coverages as they were, and polls everything that is polled at once', async () => {
    expect(await store.observations.current(['camera-1', 'camera-2', 'camera-3'])).toMatchObject([
      { camera_id: 'camera-1', state: 'online', from_ms: OLD_MS - DAY, until_ms: OLD_MS },
      { camera_id: 'camera-2', state: 'offline', reason: 'timeout' },
    ]);
    expect(await store.coverage.latest(['camera-1'])).toMatchObject([
      { observed_at_ms: OLD_MS, retained_from_device_ms: OLD_MS - 7 * DAY, retained_to_device_ms: OLD_MS },
    ]);
    expect((await store.clockOffsets.historyOf('clock-1')).length).toBe(1);
    const polls = await store.polls.ofRecorders(['recorder-1', 'recorder-2', 'recorder-3']);
    expect(polls.map(({ due_at_ms }) => due_at_ms).filter((due) => due !== null)).toEqual([0]);
    expect(polls.find(({ recorder_id }) => recorder_id === 'recorder-1')).toMatchObject({
      last_polled_at_ms: OLD_MS,
    });
  });

  it('lets a poll carry on the state it found', async () => {
    const now_ms = OLD_MS + DAY;
    const { changed } = await store.observations.record('camera-1', 'offline', 'timeout', now_ms);
    expect(changed).toBe(true);
    expect((await store.observations.history('camera-1', PAGE)).rows).toMatchObject([
      { state: 'offline', from_ms: now_ms },
      { state: 'online', from_ms: OLD_MS - DAY },
    ]);
  });

  it('ages the state of an owner-only camera that rests on a poll', async () => {
    expect(await store.attestations.newest(['camera-2'], OLD_MS)).toEqual([]);
    expect(await store.attestations.outlived(OLD_MS + DAY, 5)).toEqual(['camera-2']);
  });

  it('gives items the unit their camera is at, and counts what it counted', async () => {
    const items = await store.items.ofRequest('request-1');
    expect(items.map(({ id, unit_id }) => [id, unit_id])).toEqual([
      ['item-1', 'ward-1'],
      ['item-2', 'ward-2'],
    ]);
    expect(await store.counts.totals({})).toMatchObject({
      ...{ requests: 1, requested: 2, approved: 2, delivered: 1, notices_delayed: 0 },
    });
    expect((await store.counts.perItem({}, PAGE)).rows).toHaveLength(2);
    expect(await store.transaction((tx) => tx.requests.nextNumber('ward-1', 2025))).toBe(2);
  });

  it('has cases, tips, outcomes and an unbroken trail', async () => {
    expect((await store.cases.byId('case-1'))!.incident_ids).toEqual(['incident-1']);
    expect((await store.tips.list({}, PAGE)).rows).toHaveLength(1);
    expect(await store.holds.ofCase('case-1')).toHaveLength(1);
    expect(await store.decisions.ofRequest('request-1')).toHaveLength(1);
    expect(await store.orders.ofRequest('request-1')).toHaveLength(1);
    expect(await store.clips.ofItem('item-1')).not.toBeNull();
    expect((await store.accesses.ofItem('item-1', PAGE)).rows).toHaveLength(1);
    expect(await store.handovers.ofItem('item-1')).toHaveLength(1);
    expect(await store.audit.verifyChain()).toEqual({ events: 1, broken_at_sequence: null });
  });
});

function dialectOf(options: StoreOptions) {
  return options.engine === 'sqlite'
    ? new FileDialect(options.path)
    : serverDialect(options.connection_string, undefined);
}
