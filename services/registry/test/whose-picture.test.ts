import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agreement, Camera } from '@minhchung/domain';
import { secretBox } from '@minhchung/store';
import { type RecordedFootage, recordFootage, type SimulatedDevice, startDevice } from '@minhchung/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWorld, NOW_MS, type World } from '../../gateway/test/world.ts';
import { registryRoutes } from '../src/index.ts';
import { closeProbeTools, probeTools } from './probe-tools.ts';

const PASSWORD = 'mật khẩu thử';
const DAY_MS = 86_400_000;
const secrets = secretBox(randomBytes(32));

let folder: string;
let footage: RecordedFootage;
let world: World;
let device: SimulatedDevice;
let technician: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whose-'));
  footage = await recordFootage({
    ...{ directory: join(folder, 'footage'), camera_name: 'T01', start_true_ms: Date.now() - 20_000 },
    ...{ duration_ms: 1_000, width: 176, height: 144, fps: 5 },
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  const channels = [
    { name: 'Phòng khách', footage },
    { name: 'Cổng chợ', footage },
  ];
  device = await startDevice({ channels, password: PASSWORD });
  world = await createWorld({
    env: { MINHCHUNG_DEVICES__ALLOWED_NETWORKS: '[127.0.0.0/8]' },
    areas: (deps) => [registryRoutes({ ...deps, secrets, probe: probeTools() })],
  });
  await world.addAccount('tech', [{ role: 'technician', unit_id: world.ward.id }]);
  technician = await world.sessionOf('tech');
  const { store, ward } = world;
  await store.networks.create({ id: 'N', code: 'LAN', name: 'LAN', cidrs: [] });
  await store.clocks.create({ id: 'CL', name: 'x', kind: 'recorder' });
  await store.recorders.create({
    ...{ id: 'R', code: 'R', name: 'R', unit_id: ward.id, network_id: 'N', kind: 'onvif', folder: null },
    ...{ clock_id: 'CL', device_url: device.device_url, created_at_ms: NOW_MS },
  });
  await store.credentials.set('R', { username: 'admin', password: PASSWORD }, secrets, NOW_MS);
});
afterEach(async () => {
  await world.close();
  closeProbeTools();
  await device.close();
});

const register = (change: Partial<Camera>) =>
  world.store.cameras.create({
    ...{ id: 'C', code: 'C', name: 'C', unit_id: world.ward.id, kind: 'community', reach: 'polled' },
    ...{ site_id: null, owner_id: null, aim_point: null, field_of_view_deg: null, range_m: null },
    ...{ recorder_id: 'R', source_token: null, mounting: null, created_at_ms: NOW_MS, retired_at_ms: null },
    ...{ position: { latitude_deg: 19.8, longitude_deg: 105.77 }, ...change },
  });
const agree = (change: Partial<Agreement>) =>
  world.store.agreements.create({
    ...{ id: 'A', camera_id: 'C', mode: 'automatic', purposes: ['incident'], hours: null },
    ...{ valid_from_ms: NOW_MS - 500 * DAY_MS, valid_to_ms: null, confirmed_at_ms: NOW_MS - DAY_MS },
    ...{
      notice: null,
      allows_audio: false,
      power_host: null,
      network_host: null,
      withdrawn_at_ms: null,
      ...change,
    },
  });
const look = async () => {
  const call = { method: 'POST', url: '/api/cameras/C/still', payload: {}, session: technician } as const;
  const answer = await world.send(call);
  return answer.statusCode === 200 ? 'shown' : answer.json().code;
};

describe('a technician’s look', () => {
  test('does not show the first channel of a device for a camera that names none', async () => {
    await register({});
    await register({ id: 'H', code: 'H', kind: 'household', source_token: 'another' });
    expect(await look()).toBe('STILL_UNUSABLE');
  });

  test('through a retired camera is refused, whatever its agreement says', async () => {
    await register({ kind: 'household', retired_at_ms: NOW_MS });
    await agree({});
    expect(await look()).toBe('CAMERA_RETIRED');
  });

  test.each([
    ['is unconfirmed for longer than it counts', { confirmed_at_ms: NOW_MS - 400 * DAY_MS }],
    // It is 15:00 in Vietnam.
    ['allows other hours', { hours: { from_minute: 0, to_minute: 60 } }],
    ['allows no purpose', { purposes: [] }],
  ])('by an agreement that %s is refused', async (_, change) => {
    await register({ kind: 'household' });
    await agree(change);
    const asked = device.http_request_count;
    expect(await look()).toBe('STILL_NOT_ALLOWED');
    expect(device.http_request_count).toBe(asked);
  });

  test('by an older, more generous agreement than the owner’s last is refused', async () => {
    await register({ kind: 'household' });
    await agree({});
    const valid_from_ms = NOW_MS - 2 * DAY_MS;
    await agree({ id: 'B', valid_from_ms, valid_to_ms: NOW_MS - DAY_MS });
    expect(await look()).toBe('STILL_NOT_ALLOWED');
  });
});
