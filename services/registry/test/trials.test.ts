import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretBox } from '@minhchung/store';
import { type RecordedFootage, recordFootage, type SimulatedDevice, startDevice } from '@minhchung/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWorld, NOW_MS, type World } from '../../gateway/test/world.ts';
import { type MetDevice, registryRoutes } from '../src/index.ts';
import { closeProbeTools, probeTools } from './probe-tools.ts';

const PASSWORD = 'mật khẩu thử';
const MINUTE_MS = 60_000;
const secrets = secretBox(randomBytes(32));
const MET: MetDevice = {
  ...{ address: '127.0.0.1', device_url: null, name: 'Cổng', hardware: 'IPC-1', location: null },
};

let folder: string;
let footage: RecordedFootage;
let world: World;
let device: SimulatedDevice;
let technician: string;
let met: readonly MetDevice[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trials-'));
  footage = await recordFootage({
    ...{ directory: join(folder, 'footage'), camera_name: 'T01', start_true_ms: Date.now() - 20_000 },
    ...{ duration_ms: 2_000, width: 176, height: 144, fps: 5 },
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  met = [];
  device = await startDevice({ channels: [{ name: 'Cổng chợ', footage }], password: PASSWORD });
  // Two of them, as two processes of the API over one database.
  const area = () => probeTools(async () => met);
  world = await createWorld({
    env: { MINHCHUNG_DEVICES__ALLOWED_NETWORKS: '[127.0.0.0/8]' },
    areas: (deps) => [registryRoutes({ ...deps, secrets, probe: area() })],
  });
  await world.addAccount('tech', [{ role: 'technician', unit_id: world.ward.id }]);
  technician = await world.sessionOf('tech');
  await world.store.networks.create({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs: ['127.0.0.0/8'] });
});
afterEach(async () => {
  await world.close();
  await device.close();
  closeProbeTools();
});

const post = (url: string, payload?: object, session = technician) =>
  world.send({ method: 'POST', url, session, ...(payload === undefined ? {} : { payload }) });
const probe = async (change: object = {}) => {
  const body = { device_url: device.device_url, username: 'admin', password: PASSWORD, ...change };
  return (await post('/api/devices/probe', body)).json();
};
const create = async (url: string, body: object) => {
  const response = await post(url, body);
  expect(response.statusCode, response.body).toBe(201);
  return response.json();
};

/** A recorder of the ward at the device, with its account kept, and cameras behind it. */
async function register(...cameras: readonly object[]): Promise<string> {
  const recorder = { code: 'NVR', name: 'NVR', unit_id: world.ward.id, network_id: 'LAN', kind: 'onvif' };
  const { id } = await create('/api/recorders', { ...recorder, device_url: device.device_url });
  await world.store.owners.create({ id: 'OWNER', name: 'Bà Hoa', phone: null, address: null });
  for (const [n, change] of cameras.entries()) {
    await create('/api/cameras', {
      ...{ code: `C${n}`, name: 'C', unit_id: world.ward.id, recorder_id: id, source_token: `s${n}` },
      ...{ position: { latitude_deg: 19.8, longitude_deg: 105.77 }, kind: 'community', ...change },
    });
  }
  await world.store.credentials.set(id, { username: 'admin', password: PASSWORD }, secrets, NOW_MS);
  return id;
}

describe('an account the device refused', () => {
  test('is not sent again, in any process, until somebody says that it was put right', async () => {
    await probe({ password: 'sai' });
    expect((await probe({ password: 'sai' })).code).toBe('PROBE_ACCOUNT_REFUSED');
    expect(device.credentials.refusal_count).toBe(1);
    expect((await probe({ password: 'sai', try_again: true })).level).toBe('problem');
    expect(device.credentials.refusal_count).toBe(2);
  });

  test('does not keep another password from being tried', async () => {
    await probe({ password: 'sai' });
    expect((await probe()).device.model).toBe('Testkit NVR');
  });

  test('is sent at the most three times in half an hour, whatever is said', async () => {
    for (let n = 0; n < 3; n += 1) await probe({ password: `sai ${n}`, try_again: true });
    expect((await probe({ try_again: true })).code).toBe('PROBE_WOULD_LOCK');
    expect((await probe({ password: 'khác' })).code).toBe('PROBE_WOULD_LOCK');
    expect(device.credentials.refusal_count).toBe(3);
    world.time.advance(30 * MINUTE_MS + 1);
    expect((await probe()).device.model).toBe('Testkit NVR');
  });

  test('is kept as nothing that anybody could read or sign in with', async () => {
    await probe({ password: 'sai mật khẩu' });
    const [kept] = await world.store.probeTrials.refusals(`127.0.0.1:${device.http_port}`, 0);
    expect(kept!.refused_account).toMatch(/^v2\./);
    expect(JSON.stringify(kept)).not.toContain('sai');
  });

  test('is not sent from the recorder’s page either, nor for a look', async () => {
    const id = await register({});
    await world.store.credentials.set(id, { username: 'admin', password: 'sai' }, secrets, NOW_MS);
    await post(`/api/recorders/${id}/probe`);
    expect((await post(`/api/recorders/${id}/probe`)).json().code).toBe('PROBE_ACCOUNT_REFUSED');
    const [camera] = await world.store.cameras.ofRecorder(id);
    const still = await post(`/api/cameras/${camera!.id}/still`, {});
    expect(still.json().code).toBe('PROBE_ACCOUNT_REFUSED');
    const again = await post(`/api/recorders/${id}/probe?try_again=true`);
    expect(again.json().level).toBe('problem');
    expect(device.credentials.refusal_count).toBe(2);
  });

  test('is known from the polls of its recorder too', async () => {
    const id = await register({});
    const claim = { owner: 'p', networks: null, now_ms: NOW_MS, lease_until_ms: NOW_MS + 1_000, limit: 9 };
    const [{ lease_token } = { lease_token: 0 }] = await world.store.polls.claim(claim);
    await world.store.polls.report('p', [
      {
        ...{ recorder_id: id, lease_token, at_ms: NOW_MS, is_answered: false, due_at_ms: NOW_MS + 1_000 },
        ...{ failures_in_a_row: 1, refused_at_ms: NOW_MS },
      },
    ]);
    expect((await post(`/api/recorders/${id}/probe`)).json().code).toBe('PROBE_ACCOUNT_REFUSED');
    expect(device.http_request_count).toBe(0);
  });
});

describe('one trial at a time', () => {
  test('holds for another process, and for a device that somebody else tries', async () => {
    const running = { device_key: '10.0.0.8', started_at_ms: NOW_MS, lease_until_ms: NOW_MS + MINUTE_MS };
    const { account } = (await world.store.people.accountByLogin('tech'))!;
    const limit = { max: 30, since_ms: 0, keep_since_ms: 0 };
    const begun = await world.store.probeTrials.begin({ ...running, account_id: account.id }, limit);
    expect((await probe()).code).toBe('PROBE_RUNNING');
    await world.store.probeTrials.end((begun as { id: string }).id, NOW_MS, null);
    await world.addAccount('tech2', [{ role: 'technician', unit_id: world.ward.id }]);
    const other = (await world.store.people.accountByLogin('tech2'))!.account;
    const device_key = `127.0.0.1:${device.http_port}`;
    await world.store.probeTrials.begin({ ...running, device_key, account_id: other.id }, limit);
    expect((await probe()).code).toBe('PROBE_DEVICE_BUSY');
    expect(device.http_request_count).toBe(0);
    world.time.advance(MINUTE_MS);
    expect((await probe()).device.model).toBe('Testkit NVR');
  });

  test('ends with a trial that failed', async () => {
    expect((await probe({ device_url: 'http://khong-co.invalid/' })).level).toBe('problem');
    expect((await probe()).device.model).toBe('Testkit NVR');
  });
});

describe('what a trial found', () => {
  test('can be registered in one step, completed by unit, kind and place only', async () => {
    const report = await probe({ network_code: 'LAN' });
    const { recorder, cameras } = report.prefill;
    expect(report.channels[0].profiles[0]).toMatchObject({ frame_rate_fps: 5, bit_rate_kbps: 4096 });
    const made = await create('/api/recorders', { ...recorder, unit_id: world.ward.id });
    expect(made).toMatchObject({ device_url: device.device_url, network_id: 'LAN' });
    const rest = { unit_id: world.ward.id, kind: 'community', recorder_id: made.id };
    const position = { latitude_deg: 19.8, longitude_deg: 105.77 };
    expect(cameras).toHaveLength(1);
    const camera = await create('/api/cameras', { ...cameras[0], ...rest, position });
    expect(camera).toMatchObject({ name: 'Cổng chợ', reach: 'polled' });
    expect(camera.source_token).toBe(report.channels[0].source_token);
  });

  test('is nothing to register where the account was refused', async () => {
    expect(await probe({ password: 'sai' })).toMatchObject({ prefill: null, certificate: null });
  });
});

describe('a recorder of households', () => {
  const household = { kind: 'household', owner_id: 'OWNER' };

  test('is not tried by its kept account where only owners reach its cameras', async () => {
    const id = await register({ ...household, reach: 'owner_only' });
    expect((await post(`/api/recorders/${id}/probe`)).json().code).toBe('PROBE_OWNERS_DEVICE');
    expect(device.http_request_count).toBe(0);
  });

  test('is not tried after a withdrawal, and is again where another camera allows it', async () => {
    const agree = (id: string, camera_id: string) =>
      world.store.agreements.create({
        ...{ id, camera_id, mode: 'ask_first', purposes: ['incident'], hours: null, notice: null },
        ...{ valid_from_ms: NOW_MS - 1, valid_to_ms: null, confirmed_at_ms: NOW_MS, withdrawn_at_ms: null },
        ...{ allows_audio: false, power_host: null, network_host: null },
      });
    const id = await register(household, household);
    const [first, second] = await world.store.cameras.ofRecorder(id);
    await agree('AG-1', first!.id);
    await agree('AG-2', second!.id);
    await world.store.agreements.withdraw('AG-1', NOW_MS);
    expect((await post(`/api/recorders/${id}/probe`)).statusCode).toBe(200);
    await world.store.agreements.withdraw('AG-2', NOW_MS);
    // A withdrawal leaves them to their owners; an edit that says otherwise is no owner's word.
    for (const one of [first!, second!]) await world.store.cameras.update({ ...one, reach: 'polled' });
    const asked = device.http_request_count;
    expect((await post(`/api/recorders/${id}/probe`)).json().code).toBe('PROBE_OWNERS_DEVICE');
    expect(device.http_request_count).toBe(asked);
  });
});

describe('looking for devices', () => {
  test('says which are registered, and names those the account may read', async () => {
    await register({});
    met = [{ ...MET, device_url: device.device_url }, MET];
    const { items } = (await post('/api/devices/discover', {})).json();
    expect(items[0]).toMatchObject({ is_registered: true, recorders: [{ code: 'NVR' }] });
    expect(items[1]).toMatchObject({ is_registered: false, recorders: [], name: 'Cổng' });
    await world.addAccount('far', [{ role: 'technician', unit_id: world.other_ward.id }]);
    const far = await post('/api/devices/discover', {}, await world.sessionOf('far'));
    expect(far.json().items[0]).toMatchObject({ is_registered: true, recorders: [] });
  });

  test('is for technicians, counts as a trial, and is written down', async () => {
    await world.addAccount('officer', [{ role: 'officer', unit_id: world.ward.id }]);
    const officer = await world.sessionOf('officer');
    expect((await post('/api/devices/discover', {}, officer)).json().code).toBe('FORBIDDEN');
    for (let n = 0; n < 30; n += 1) await post('/api/devices/discover', {});
    expect((await post('/api/devices/discover', {})).json().code).toBe('PROBE_TOO_OFTEN');
    const { rows } = await world.store.audit.list({ act: 'device.discover' }, { limit: 100, after: null });
    expect(rows.filter(({ outcome }) => outcome === 'ok')).toHaveLength(30);
  });
});
