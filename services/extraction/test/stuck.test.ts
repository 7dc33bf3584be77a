import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import { type ArchiveStore, CodedError } from '@minhchung/domain';
import { openSecretBox } from '@minhchung/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, trailOf, type World } from '../../gateway/test/world.ts';
import { extractionRoutes } from '../src/index.ts';
import { seedItem } from './seed.ts';

let folder: string;
let archive: ArchiveStore;
let world: World;
let item_id: string;
let session: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stuck-'));
  archive = await createLocalArchive({ root: join(folder, 'archive') });
  world = await createWorld({ areas: (deps) => [extractionRoutes({ ...deps, archive })] });
  const secrets = await openSecretBox(join(folder, 'secrets.key'));
  const now_ms = Date.now();
  item_id = await seedItem(world.store, secrets, {
    recorder: { kind: 'onvif', device_url: 'http://127.0.0.1/onvif/device_service', folder: null },
    ...{ source_token: null, credentials: null, offset: null },
    wanted: { start_ms: now_ms - 60_000, end_ms: now_ms - 30_000 },
  });
  const work = world.store.work({ time: { now_ms: () => now_ms }, secrets });
  const { lease } = (await work.claim({ worker_id: 'w', networks: null, lease_ms: 60_000 }))!;
  const refused = new CodedError('SOURCE_REFUSED', { address: '192.168.1.20' });
  await work.finish(lease, { outcome: 'failed', reason: { code: refused.code, text: refused.texts } });
  const item = (await world.store.items.byId(item_id))!;
  const { unit_id } = (await world.store.requests.byId(item.request_id))!;
  await world.addAccount('can-bo', [{ role: 'officer', unit_id }]);
  await world.addAccount('ky-thuat', [{ role: 'technician', unit_id }]);
  session = await world.sessionOf('can-bo');
});
afterEach(async () => {
  await world.close();
  await archive.close();
  await rm(folder, { recursive: true });
});

const post = (what: string, payload: object = {}, as = session) =>
  world.send({ method: 'POST', url: `/api/items/${item_id}/${what}`, payload, session: as });
const stuck = async (as = session) =>
  (await world.send({ method: 'GET', url: '/api/items/stuck', session: as })).json().items;

test('an item that stopped is listed with its reason and what to do next, to those who may try it again', async () => {
  const shown = [{ id: item_id, reason: { code: 'SOURCE_REFUSED' }, attempts: 1 }];
  expect(await stuck()).toMatchObject(shown);
  const [item] = await stuck(await world.sessionOf('ky-thuat'));
  expect(item.next_step).toEqual({
    vi: 'Nhập lại tài khoản của đầu ghi, rồi thử lại.',
    en: 'Enter the account of the recorder anew, then try again.',
  });
  await world.addAccount('nguoi-khac', [{ role: 'officer', unit_id: world.other_ward.id }]);
  expect(await stuck(await world.sessionOf('nguoi-khac'))).toEqual([]);
});

test('trying it again queues it with new attempts, once, and the trail says who', async () => {
  expect((await post('retry')).json()).toMatchObject({ id: item_id, state: 'queued', reason: null });
  expect(await world.store.items.byId(item_id)).toMatchObject({ attempts: 1, attempts_forgiven: 1 });
  expect((await post('retry')).json().code).toBe('STATE_CONFLICT');
  expect((await trailOf(world.store))[0]).toMatchObject({
    ...{ act: 'item.retry', subject_id: item_id, details: { attempts: 1, reason: 'SOURCE_REFUSED' } },
  });
  expect(await stuck()).toEqual([]);
});

test('giving it up needs a reason, counts it as not obtained and closes the request', async () => {
  expect((await post('give-up', { reason: '  ' })).json().code).toBe('TEXT_MISSING');
  const given_up = (await post('give-up', { reason: 'Đầu ghi đã hỏng hẳn' })).json();
  expect(given_up).toMatchObject({ state: 'not_obtained', reason: { code: 'ITEM_GIVEN_UP' } });
  expect(given_up.reason.text.vi).toContain('Đầu ghi đã hỏng hẳn');
  const { request_id } = (await world.store.items.byId(item_id))!;
  expect(await world.store.requests.byId(request_id)).toMatchObject({ state: 'closed' });
  expect((await trailOf(world.store)).map(({ act }) => act)).toEqual(
    expect.arrayContaining(['item.give_up', 'request.close']),
  );
  expect((await post('give-up', { reason: 'nữa' })).json().code).toBe('STATE_CONFLICT');
});

test('a technician may try again, but not end what an officer asked for', async () => {
  const technician = await world.sessionOf('ky-thuat');
  expect((await post('give-up', { reason: 'x' }, technician)).statusCode).toBe(403);
  expect((await post('retry', {}, technician)).statusCode).toBe(200);
});
