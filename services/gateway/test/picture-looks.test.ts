import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { registryRoutes } from '@minhchung/registry';
import { secretBox } from '@minhchung/store';
import { recordFootage, startDevice } from '@minhchung/testkit';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { keepLooking } from '../src/composition/picture-looks.ts';
import { createWorld, trailOf, type World } from './world.ts';

const PASSWORD = 'mật khẩu & đầu ghi';
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const secrets = secretBox(randomBytes(32));

/** A recorder that is online, and its camera in the register. */
async function registered(): Promise<World> {
  const world = await createWorld({
    env: { MINHCHUNG_DEVICES__ALLOWED_NETWORKS: '[127.0.0.0/8]' },
    areas: (deps) => [registryRoutes({ ...deps, secrets })],
  });
  closing.push(() => world.close());
  const footage = await recordFootage({
    ...{ directory: join(world.settings.data_dir, 'footage'), camera_name: 'T01' },
    ...{ start_true_ms: Date.now() - 5_000, duration_ms: 1_000, width: 352, height: 288, fps: 5 },
  });
  const device = await startDevice({ channels: [{ name: 'T01', footage }], password: PASSWORD });
  closing.push(() => device.close());
  const { store, ward } = world;
  await store.networks.create({ id: 'n', code: 'LAN', name: 'LAN', cidrs: [] });
  await store.clocks.create({ id: 'k', name: 'Đầu ghi', kind: 'recorder' });
  await store.recorders.create({
    ...{ id: 'r', code: 'R', name: 'R', unit_id: ward.id, network_id: 'n', kind: 'onvif', folder: null },
    ...{ device_url: device.device_url, clock_id: 'k', created_at_ms: 0 },
  });
  await store.credentials.set('r', { username: 'admin', password: PASSWORD }, secrets, 0);
  await store.cameras.create({
    ...{ id: 'c', code: 'C', name: 'C', unit_id: ward.id, site_id: null, kind: 'community', owner_id: null },
    ...{ position: { latitude_deg: 19.8, longitude_deg: 105.7 }, aim_point: null, field_of_view_deg: null },
    ...{ range_m: null, mounting: null, reach: 'polled', recorder_id: 'r', source_token: null },
    ...{ created_at_ms: 0, retired_at_ms: null },
  });
  await store.observations.record('c', 'online', 'ok', Date.now());
  await world.addAccount('tech', [{ role: 'technician', unit_id: ward.id }]);
  await world.addAccount('officer', [{ role: 'officer', unit_id: ward.id }]);
  return world;
}

test('a still of a real device becomes numbers, and nothing else is kept of it', async () => {
  const world = await registered();
  const { store, settings } = world;
  const looks = keepLooking({ settings, store, secrets, logger: pino({ level: 'silent' }) });
  closing.push(() => looks.close());
  let readings = await store.pictures.readings('c');
  for (let tries = 0; tries < 200 && readings.length === 0; tries += 1) {
    await delay(50);
    readings = await store.pictures.readings('c');
  }
  expect(readings).toHaveLength(1);
  expect(readings[0]!.contrast).toBeGreaterThan(10);
  expect(readings[0]!.flat_share).toBeLessThan(0.9);
});

test('nothing is looked at where the settings say never', async () => {
  const world = await registered();
  const pictures = { period_hours: null };
  const settings = { ...world.settings, poller: { ...world.settings.poller, pictures } };
  const looks = keepLooking({ settings, store: world.store, secrets, logger: pino({ level: 'silent' }) });
  await looks.close();
  const due = { network_codes: null, before_ms: 0, at_ms: 1, limit: 9, after: null };
  expect(await world.store.pictures.claim(due)).toEqual(['c']);
});

test('a technician says that the camera is to look where it looks now, and why', async () => {
  const world = await registered();
  const { store } = world;
  const details = { reason: 'view_elsewhere' };
  const subject = { kind: 'picture_moved', subject_kind: 'camera', subject_id: 'c', camera_id: 'c' } as const;
  const found = { ...subject, recorder_id: 'r', unit_id: world.ward.id, since_ms: 1, details };
  await store.findings.open(found, 2);
  const url = '/api/cameras/c/accept-view';
  const payload = { reason: 'Xoay về phía chợ theo biên bản 12' };
  const refused = await world.send({
    method: 'POST',
    url,
    payload,
    session: await world.sessionOf('officer'),
  });
  expect(refused.json().code).toBe('FORBIDDEN');
  const session = await world.sessionOf('tech');
  expect((await world.send({ method: 'POST', url, payload, session })).statusCode).toBe(204);
  expect((await store.findings.list({}, { limit: 9, after: null })).rows).toEqual([]);
  expect((await trailOf(store))[0]).toMatchObject({ act: 'camera.accept_view', details: payload });
  const read = await world.send({ method: 'GET', url: '/api/cameras/c/picture-readings', session });
  expect(read.json()).toEqual({ items: [] });
});
