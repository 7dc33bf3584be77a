import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretBox } from '@minhchung/store';
import { type RecordedFootage, recordFootage, type SimulatedDevice, startDevice } from '@minhchung/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWorld, NOW_MS, type World } from '../../gateway/test/world.ts';
import { type ProbeReport, registryRoutes } from '../src/index.ts';
import { closeProbeTools, probeTools } from './probe-tools.ts';

const PASSWORD = 'mật khẩu thử';
const OFFSET_MS = 3_605_000;
const secrets = secretBox(randomBytes(32));

let folder: string;
let footage: RecordedFootage;
let world: World;
let device: SimulatedDevice;
let technician: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-'));
  footage = await recordFootage({
    directory: join(folder, 'footage'),
    camera_name: 'T01',
    start_true_ms: Date.now() - 20_000,
    duration_ms: 4_000,
    width: 176,
    height: 144,
    fps: 5,
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  device = await startDevice({
    channels: [{ name: 'Cổng chợ', footage }],
    clock_offset_ms: OFFSET_MS,
    password: PASSWORD,
  });
  const probe = probeTools();
  world = await createWorld({
    env: {
      MINHCHUNG_DEVICES__ALLOWED_NETWORKS: '[127.0.0.0/8]',
      MINHCHUNG_DEVICES__STILLS_PER_CAMERA_MAX: '2',
    },
    areas: (deps) => [registryRoutes({ ...deps, secrets, probe })],
  });
  await world.addAccount('tech', [{ role: 'technician', unit_id: world.ward.id }]);
  technician = await world.sessionOf('tech');
});
afterEach(async () => {
  await world.close();
  await device.close();
  closeProbeTools();
});

const post = (url: string, payload: object, session = technician) =>
  world.send({ method: 'POST', url, payload, session });

async function probe(change: object = {}): Promise<ProbeReport> {
  const body = { device_url: device.device_url, username: 'admin', password: PASSWORD, ...change };
  const response = await post('/api/devices/probe', body);
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
}
const codesOf = (report: ProbeReport) => report.findings.map(({ step, code }) => `${step}: ${code}`);

describe('trying a device', () => {
  test('tells its maker, streams, recordings, and its clock within bounds, each in words', async () => {
    const report = await probe();
    expect(report.device).toMatchObject({ model: 'Testkit NVR', firmware_version: '1.10' });
    expect(report.channels).toHaveLength(1);
    expect(report.channels[0]).toMatchObject({
      replay_uri: expect.stringContaining('rtsp://127.0.0.1'),
      profiles: [{ codec: 'H264', width: 176, height: 144, stream_uri: expect.stringContaining('rtsp://') }],
    });
    expect(report.clock!.min_ms).toBeLessThanOrEqual(OFFSET_MS);
    expect(report.clock!.max_ms).toBeGreaterThanOrEqual(OFFSET_MS);
    expect(report.clock!.max_ms - report.clock!.min_ms).toBeLessThan(1_000);
    expect(codesOf(report)).toEqual(
      expect.arrayContaining(['connection: answers', 'account: accepted', 'clock: clock_zone']),
    );
    for (const { level, text, next } of report.findings) {
      expect(text.vi).not.toBe(text.en);
      expect(next === null).toBe(level === 'ok');
    }
  });

  test('keeps the password nowhere and writes down that it was tried', async () => {
    await probe();
    const { rows } = await world.store.audit.list({ act: 'device.probe' }, { limit: 5, after: null });
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows) + world.log()).not.toContain(PASSWORD);
  });

  test('stops at the first refusal of the password and asks no further', async () => {
    const report = await probe({ password: 'sai' });
    expect(report.level).toBe('problem');
    expect(codesOf(report)).toEqual(['connection: answers', 'account: DEVICE_REFUSED']);
    expect(device.credentials.refusal_count).toBe(1);
  });

  test('says that a closed port refuses, and what to look for', async () => {
    await device.goOffline();
    const report = await probe();
    expect(codesOf(report)).toEqual(['connection: DEVICE_UNREACHABLE']);
    expect(report.findings[0]!.text.en).toContain('port is closed');
    expect(report.findings[0]!.next!.en).toContain('8899');
  });

  test('says that a name does not resolve', async () => {
    const report = await probe({ device_url: 'http://khong-co.invalid/onvif/device_service' });
    expect(codesOf(report)).toEqual(['connection: DEVICE_UNREACHABLE']);
    expect(report.findings[0]!.text.en).toMatch(/name/);
  });

  test('says that what answers is no ONVIF', async () => {
    device.faults.force_answer = () => ({ status: 200, content_type: 'text/html', body: '<html>NVR</html>' });
    const report = await probe();
    expect(report.level).toBe('problem');
    expect(report.findings.some(({ code }) => code === 'DEVICE_BROKEN')).toBe(true);
  });

  test('says that recordings cannot be searched without Profile G', async () => {
    await device.close();
    device = await startDevice({ channels: [{ name: 'T', footage }], password: PASSWORD, services: [] });
    expect(codesOf(await probe())).toContain('recordings: no_profile_g');
  });

  test('refuses an address outside the configured networks when it is typed', async () => {
    for (const [device_url, refusal] of [
      ['http://8.8.8.8/', 'outside_networks'],
      ['http://2130706433/', 'odd_writing'],
      ['http://169.254.169.254/latest/meta-data', 'metadata'],
      ['http://127.0.0.1:22/', 'port'],
    ]) {
      const response = await post('/api/devices/probe', { device_url, username: null, password: null });
      expect(response.json()).toMatchObject({ code: 'ADDRESS_NOT_ALLOWED', details: { refusal } });
    }
  });

  test('is one at a time for one account, and for technicians', async () => {
    device.faults.answer_delay_ms = 200;
    const first = probe();
    await expect.poll(() => device.http_request_count).toBeGreaterThan(0);
    const second = await post('/api/devices/probe', {
      device_url: device.device_url,
      username: null,
      password: null,
    });
    expect(second.json().code).toBe('PROBE_RUNNING');
    await first;
    await world.addAccount('officer', [{ role: 'officer', unit_id: world.ward.id }]);
    const officer = await world.sessionOf('officer');
    const refused = await post(
      '/api/devices/probe',
      { device_url: device.device_url, username: null, password: null },
      officer,
    );
    expect(refused.json().code).toBe('FORBIDDEN');
  });
});

describe('a still of a camera', () => {
  async function register(kind: 'community' | 'household') {
    const { store } = world;
    await store.networks.create({ id: 'N', code: 'LAN', name: 'LAN' });
    await store.clocks.create({ id: 'CL', name: 'x', kind: 'recorder' });
    const shared = { unit_id: world.ward.id, created_at_ms: NOW_MS };
    await store.recorders.create({
      ...{
        ...shared,
        id: 'R',
        code: 'R',
        name: 'R',
        network_id: 'N',
        kind: 'onvif',
        folder: null,
        clock_id: 'CL',
      },
      device_url: device.device_url,
    });
    await store.credentials.set('R', { username: 'admin', password: PASSWORD }, secrets, NOW_MS);
    const nothing = {
      site_id: null,
      owner_id: null,
      aim_point: null,
      field_of_view_deg: null,
      range_m: null,
    };
    await store.cameras.create({
      ...{ ...shared, ...nothing, id: 'C', code: 'C', name: 'C', kind, reach: 'polled', recorder_id: 'R' },
      ...{ source_token: null, retired_at_ms: null, mounting: null },
      position: { latitude_deg: 19.8, longitude_deg: 105.77 },
    });
  }
  const look = (payload = {}) => post('/api/cameras/C/still', payload);

  test('of a registered recorder lets its channels be seen, with the camera on each', async () => {
    await register('community');
    const channels = () =>
      world.send({ method: 'GET', url: '/api/recorders/R/channels', session: technician });
    expect((await channels()).json().items).toEqual([
      expect.objectContaining({ source_token: null, seen_at_ms: null }),
    ]);
    const probed = await post('/api/recorders/R/probe', {});
    expect(probed.statusCode, probed.body).toBe(200);
    const [told] = probed.json().channels;
    expect((await channels()).json().items).toEqual([
      {
        ...{ source_token: told.source_token, name: told.name, seen_at_ms: expect.any(Number) },
        camera: { id: 'C', code: 'C', name: 'C' },
      },
    ]);
  });

  test('of a community camera is shown, not kept, counted, listed and limited', async () => {
    await register('community');
    const response = await look();
    expect(response.statusCode, response.body).toBe(200);
    expect(response.headers).toMatchObject({ 'content-type': 'image/jpeg', 'cache-control': 'no-store' });
    expect([...response.rawPayload.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    await look();
    expect((await look()).json().code).toBe('STILL_LIMIT');
    const listed = await world.send({ method: 'GET', url: '/api/cameras/C/stills', session: technician });
    expect(listed.json().items).toHaveLength(2);
  });

  test("of a household's needs the owner's word; a one-time code serves once", async () => {
    await register('household');
    const asked = device.http_request_count;
    expect((await look()).json().code).toBe('STILL_NOT_ALLOWED');
    expect((await look({ owner_code: '000000' })).json().code).toBe('STILL_CODE_WRONG');
    expect(device.http_request_count).toBe(asked);
    const times = { made_at_ms: NOW_MS, expires_at_ms: NOW_MS + 60_000 };
    await world.store.probeStills.addCode('C', '123456', times);
    expect((await look({ owner_code: '123456' })).statusCode).toBe(200);
    expect((await look({ owner_code: '123456' })).json().code).toBe('STILL_CODE_WRONG');
  });
});
