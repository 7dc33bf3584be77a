import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noteDeviceSeen, secretBox } from '@minhchung/store';
import {
  type RecordedFootage,
  recordFootage,
  startVendorRecorder,
  type VendorRecorder,
} from '@minhchung/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWorld, NOW_MS, type World } from '../../gateway/test/world.ts';
import { registryRoutes } from '../src/index.ts';
import { closeProbeTools, probeTools } from './probe-tools.ts';

const PASSWORD = 'mật khẩu thử';
const secrets = secretBox(randomBytes(32));
const OFFSET_MS = -37_400;

let folder: string;
let footage: RecordedFootage;
let world: World;
let device: VendorRecorder;
let technician: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playback-'));
  footage = await recordFootage({
    ...{ directory: join(folder, 'footage'), camera_name: 'V01', start_true_ms: NOW_MS - 144_000_345 },
    ...{ duration_ms: 20_000, width: 176, height: 144, fps: 5, gop_ms: 2_000 },
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  world = await createWorld({
    env: { MINHCHUNG_DEVICES__ALLOWED_NETWORKS: '[127.0.0.0/8]' },
    areas: (deps) => [registryRoutes({ ...deps, secrets, probe: probeTools() })],
  });
  device = await startVendorRecorder({
    ...{ vendor: 'hikvision', reads: 'local', stamps: 'local', clock_offset_ms: OFFSET_MS, channels: 2 },
    ...{ footage, password: PASSWORD, time: world.time },
  });
  await world.addAccount('tech', [{ role: 'technician', unit_id: world.ward.id }]);
  await world.addAccount('officer', [{ role: 'officer', unit_id: world.ward.id }]);
  technician = await world.sessionOf('tech');
  await world.store.networks.create({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs: ['127.0.0.0/8'] });
});
afterEach(async () => {
  await device.close();
  await world.close();
  closeProbeTools();
});

const send = async (
  method: 'POST' | 'PATCH' | 'GET',
  url: string,
  payload?: object,
  session = technician,
) => {
  const response = await world.send({ method, url, session, ...(payload && { payload }) });
  return { status: response.statusCode, ...(response.body === '' ? {} : response.json()) };
};

const recorderOf = (change: object = {}) => ({
  ...{ code: 'NVR', name: 'NVR', unit_id: world.ward.id, network_id: 'LAN', kind: 'playback_url' },
  ...{ device_url: device.device_url, playback: { vendor: 'hikvision' } },
  ...change,
});

/** A recorder of the ward with its account and a measured clock; cameras behind it as given. */
async function register(...cameras: readonly object[]) {
  const recorder = await send('POST', '/api/recorders', recorderOf());
  expect(recorder.status, JSON.stringify(recorder)).toBe(201);
  await world.store.owners.create({ id: 'OWNER', name: 'Bà Hoa', phone: null, address: null });
  for (const [n, change] of cameras.entries()) {
    const camera = await send('POST', '/api/cameras', {
      ...{ code: `C${n}`, name: 'C', unit_id: world.ward.id, recorder_id: recorder.id },
      ...{ position: { latitude_deg: 19.8, longitude_deg: 105.77 }, kind: 'community', ...change },
    });
    expect(camera.status, JSON.stringify(camera)).toBe(201);
  }
  await world.store.credentials.set(recorder.id, { username: 'admin', password: PASSWORD }, secrets, NOW_MS);
  await world.store.clockOffsets.save(recorder.clock_id, {
    ...{ min_ms: OFFSET_MS - 50, max_ms: OFFSET_MS + 50, method: 'photo', readings: 1, began_as: 'first' },
    ...{
      epoch_from_ms: NOW_MS - 60_000,
      first_reading_ms: NOW_MS - 60_000,
      last_reading_ms: NOW_MS - 60_000,
    },
  });
  return recorder;
}

const calibrate = (id: string, body: object = {}, session = technician) =>
  send('POST', `/api/recorders/${id}/playback/calibrate`, body, session);

describe('a recorder with a playback address of its maker', () => {
  test('is registered with its maker’s own template, and no account in its address', async () => {
    const recorder = await send('POST', '/api/recorders', recorderOf());
    expect(recorder.playback).toEqual({
      ...{ vendor: 'hikvision', channel: 1, rtsp_port: null, finding: null },
      template: '/Streaming/tracks/{channel}01?starttime={start:compact_z}&endtime={end:compact_z}',
    });
    const { version } = await send('GET', `/api/recorders/${recorder.id}`);
    expect(version).toBe(recorder.version);
  });

  test.each([
    [
      'a template with a host',
      { playback: { vendor: 'generic', template: 'rtsp://h/{start:unix_s}' } },
      'PLAYBACK_TEMPLATE_INVALID',
    ],
    ['a generic one without a template', { playback: { vendor: 'generic' } }, 'PLAYBACK_TEMPLATE_INVALID'],
    ['none', { playback: undefined }, 'RECORDER_KIND_PLAYBACK'],
    [
      'one for an ONVIF recorder',
      { kind: 'onvif', device_url: 'http://127.0.0.1/' },
      'RECORDER_KIND_PLAYBACK',
    ],
    ['a path behind the port', { device_url: 'rtsp://127.0.0.1:8554/x' }, 'DEVICE_URL_INVALID'],
    ['an account in its address', { device_url: 'rtsp://a:b@127.0.0.1:8554' }, 'DEVICE_URL_WITH_ACCOUNT'],
    ['an address elsewhere', { device_url: 'rtsp://10.9.9.9:8554' }, 'ADDRESS_NOT_ALLOWED'],
  ])('is refused with %s', async (_what, change, code) => {
    expect((await send('POST', '/api/recorders', recorderOf(change))).code).toBe(code);
  });

  test('is no ONVIF device to be probed when it has nothing but RTSP', async () => {
    const { id } = await register({});
    expect((await send('POST', `/api/recorders/${id}/probe`)).code).toBe('RECORDER_WITHOUT_ONVIF');
  });
});

describe('calibrating it', () => {
  test('keeps the finding, with who found it, in history and trail', async () => {
    const { id } = await register({});
    const finding = await calibrate(id);
    expect(finding).toMatchObject({
      ...{ status: 200, semantics: 'local_written_as_utc', zone_offset_min: 420, frame_offset_min: 420 },
      ...{ frame_times: 'stamped', method: 'frame_times', calibrated_at_ms: NOW_MS, stale: null },
    });
    const recorder = await world.store.recorders.byId(id);
    expect(recorder).toMatchObject({ kind: 'playback_url', playback: { finding: { zone_offset_min: 420 } } });
    const history = await world.store.changes.history('recorder', id, { limit: 1, after: null });
    expect(history.rows).toMatchObject([
      {
        act: 'recorder.calibrate',
        person_id: finding.calibrated_by_person_id,
        before: { playback: { finding: null } },
      },
    ]);
    const trail = await world.store.audit.list({ act: 'recorder.calibrate' }, { limit: 9, after: null });
    expect(trail.rows).toMatchObject([{ outcome: 'ok', details: { semantics: 'local_written_as_utc' } }]);
    expect(JSON.stringify([history, trail])).not.toContain(PASSWORD);
    expect(device.asked.every((uri) => !uri.includes('admin') && !uri.includes('@'))).toBe(true);
  });

  test('that settles nothing keeps what was known, and is in the trail as failed', async () => {
    const { id } = await register({});
    await calibrate(id);
    device.model.lose({ start_ms: NOW_MS - 3_600_000, end_ms: NOW_MS + 3_600_000 });
    expect((await calibrate(id)).code).toBe('CALIBRATION_AMBIGUOUS');
    expect((await world.store.recorders.byId(id))?.playback?.finding).not.toBeNull();
    const trail = await world.store.audit.list({ act: 'recorder.calibrate' }, { limit: 9, after: null });
    expect(trail.rows.map(({ outcome }) => outcome).sort()).toEqual(['failed', 'ok']);
  });

  test('is for technicians of its unit', async () => {
    const { id } = await register({});
    const officer = await world.sessionOf('officer');
    expect((await calibrate(id, {}, officer)).status).toBe(403);
    expect(device.asked).toEqual([]);
  });

  test('needs its clock measured', async () => {
    const { id, version } = await register({});
    await send('PATCH', `/api/recorders/${id}`, { version, is_replaced: true });
    expect((await calibrate(id)).code).toBe('CALIBRATION_CLOCK_UNKNOWN');
  });

  test('plays nothing of a household without an agreement in force, but another channel', async () => {
    const household = { kind: 'household', owner_id: 'OWNER', source_token: '1' };
    const { id } = await register({ source_token: '2' }, household);
    expect((await calibrate(id)).code).toBe('CALIBRATION_NOT_AGREED');
    expect(device.asked).toEqual([]);
    expect((await calibrate(id, { channel: 2 })).status).toBe(200);
  });

  test('sends a refused account once, and not again', async () => {
    const { id } = await register({});
    device.credentials.setPassword('khác');
    expect((await calibrate(id)).code).toBe('SOURCE_REFUSED');
    expect((await calibrate(id)).code).toBe('PROBE_ACCOUNT_REFUSED');
    expect(device.credentials.refusal_count).toBe(1);
  });

  test('is for recorders of this kind only', async () => {
    const onvif = recorderOf({ kind: 'onvif', device_url: 'http://127.0.0.1/', playback: undefined });
    const { id } = await send('POST', '/api/recorders', onvif);
    expect((await calibrate(id)).code).toBe('CALIBRATION_NOT_PLAYBACK');
  });
});

describe('a finding', () => {
  test.each([
    ['another template', { playback: { vendor: 'hikvision', template: '/x?s={start:compact_z}' } }],
    ['another port', { playback: { vendor: 'hikvision', rtsp_port: 8554 } }],
    ['another device', { is_replaced: true }],
  ])('does not outlive %s', async (_what, change) => {
    const { id } = await register({});
    await calibrate(id);
    const { version } = await send('GET', `/api/recorders/${id}`);
    const changed = await send('PATCH', `/api/recorders/${id}`, { version, ...change });
    expect(changed.status, JSON.stringify(changed)).toBe(200);
    expect(changed.playback.finding).toBeNull();
  });

  test('outlives another name', async () => {
    const { id } = await register({});
    await calibrate(id);
    const { version } = await send('GET', `/api/recorders/${id}`);
    const changed = await send('PATCH', `/api/recorders/${id}`, { version, name: 'Khác' });
    expect(changed.playback.finding).toMatchObject({ stale: null });
  });

  test('is stale once the clock was moved like a zone, and in force again after calibrating', async () => {
    const { id } = await register({});
    await calibrate(id);
    const known = (await world.store.recorders.byId(id))!;
    const seen = { firmware_version: null, clock_step_ms: 3_600_000 };
    expect(await world.store.transaction((tx) => noteDeviceSeen(tx, known, seen, NOW_MS))).toBe(true);
    expect(await world.store.transaction((tx) => noteDeviceSeen(tx, known, seen, NOW_MS))).toBe(false);
    const stale = await send('GET', `/api/recorders/${id}`);
    expect(stale.playback.finding.stale).toEqual({ reason: 'clock_changed', since_ms: NOW_MS });
    expect((await calibrate(id)).stale).toBeNull();
  });
});
