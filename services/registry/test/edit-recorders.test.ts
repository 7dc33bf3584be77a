import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type EditingWorld, editingWorld } from './editing-world.ts';

const ADDRESS = 'http://192.168.1.20/onvif/device_service';
const ACCOUNT = { username: 'admin', password: 'mật khẩu bí mật' };
const FOLDER = { path: '/srv/recordings/cam-1', pattern: '%Y-%m-%d_%H-%M-%S.mp4', zone: 'UTC' };

let world: EditingWorld;
let nvr: Answer;
beforeEach(async () => {
  world = await editingWorld();
  nvr = await world.recorder('NVR-1', ADDRESS);
});
afterEach(() => world.close());

const change = (recorder: Answer, fields: object) =>
  world.call('PATCH', `/api/recorders/${recorder.id}`, { version: recorder.version, ...fields });

describe('a recorder', () => {
  test('is registered with a clock of its own, and its code once', async () => {
    expect(nvr).toMatchObject({ status: 201, device_url: ADDRESS, has_credentials: false });
    expect((await world.store.clocks.byId(nvr.clock_id))?.kind).toBe('recorder');
    expect((await world.recorder('NVR-1', null)).code).toBe('ALREADY_EXISTS');
  });

  test('keeps its clock when only its address changes, and gets another with another device', async () => {
    const moved = await change(nvr, { device_url: 'http://192.168.1.21/onvif' });
    expect(moved).toMatchObject({ status: 200, clock_id: nvr.clock_id });
    const replaced = await change(moved, { is_replaced: true, name: 'Đầu ghi mới' });
    expect(replaced.clock_id).not.toBe(nvr.clock_id);
    expect((await world.store.clocks.byId(replaced.clock_id))?.name).toBe('Đầu ghi mới');
  });

  test.each([
    ['address', { device_url: 'http://192.168.1.99/onvif' }],
    ['network', { network_id: 'WAN' }],
  ])('does not send its stored account to another %s', async (_what, fields) => {
    await world.camera('CD-01', nvr.id);
    await world.store.credentials.set(nvr.id, ACCOUNT, world.secrets, 1);
    expect((await change(nvr, fields)).code).toBe('ADDRESS_NEEDS_ACCOUNT');
    const entered = await change(nvr, { ...fields, credentials: { username: 'admin', password: 'mới' } });
    expect(entered).toMatchObject({ status: 200, has_credentials: true });
    expect((await world.store.credentials.open(nvr.id, world.secrets))?.password).toBe('mới');
  });

  test('takes no account where no camera is a ground for one', async () => {
    await world.camera('HG-01', nvr.id, { kind: 'household' });
    expect((await change(nvr, { credentials: ACCOUNT })).code).toBe('CREDENTIALS_WITHOUT_AGREEMENT');
  });

  test('does not move to a household’s device', async () => {
    const home = await world.recorder('NVR-H', 'http://192.168.1.30/onvif');
    await world.camera('HG-01', home.id, { kind: 'household' });
    await world.camera('CD-01', nvr.id);
    expect((await change(nvr, { device_url: 'https://192.168.1.30:443' })).code).toBe('DEVICE_REGISTERED');
  });

  test('has an address of one accepted form, and a folder below those the operator allows', async () => {
    const refused = await change(nvr, { device_url: 'http://admin:bi-mat@192.168.1.20/' });
    expect(refused.code).toBe('DEVICE_URL_WITH_ACCOUNT');
    expect(JSON.stringify(refused)).not.toContain('bi-mat');
    expect((await change(nvr, { folder: FOLDER })).code).toBe('RECORDER_KIND_ADDRESS');
    const base = { name: 'x', unit_id: world.ward.id, network_id: 'LAN', kind: 'folder' };
    const create = (code: string, folder?: object) =>
      world.call('POST', '/api/recorders', { ...base, code, ...(folder && { folder }) });
    expect((await create('F-1')).code).toBe('RECORDER_KIND_ADDRESS');
    expect((await create('F-1', { ...FOLDER, path: '/etc' })).code).toBe('FOLDER_NOT_ALLOWED');
    expect((await create('F-1', { ...FOLDER, pattern: '%Y.mp4' })).code).toBe('FOLDER_PATTERN_INVALID');
    expect(await create('F-1', FOLDER)).toMatchObject({ status: 201, folder: FOLDER });
  });

  test('takes a layout by its name, in the zone in which such a recorder names its files', async () => {
    const base = { name: 'x', unit_id: world.ward.id, network_id: 'LAN', kind: 'folder' };
    const create = (code: string, pattern: string, zone: string) =>
      world.call('POST', '/api/recorders', { ...base, code, folder: { ...FOLDER, pattern, zone } });
    expect((await create('F-2', 'frigat', 'UTC')).code).toBe('FOLDER_PATTERN_INVALID');
    expect((await create('F-2', '%path/../%s.mp4', 'UTC')).code).toBe('FOLDER_PATTERN_INVALID');
    expect((await create('F-2', 'frigate', 'Asia/Ho_Chi_Minh')).code).toBe('FOLDER_PRESET_ZONE');
    expect((await create('F-2', 'frigate', 'UTC')).status).toBe(201);
    expect((await create('F-3', '%path/%s-%f%ext', 'Asia/Ho_Chi_Minh')).status).toBe(201);
  });

  test('keeps the address its cameras are reached by', async () => {
    await world.camera('CD-01', nvr.id);
    expect((await change(nvr, { device_url: null })).code).toBe('CAMERA_WITHOUT_ADDRESS');
  });

  test('lists its channels as seen, each with the camera registered on it', async () => {
    const seen = [
      { source_token: 'ch1', name: 'Cổng' },
      { source_token: 'ch2', name: null },
    ];
    await world.store.channels.see(nvr.id, seen, 5);
    await world.camera('CD-01', nvr.id, { source_token: 'ch1' });
    await world.camera('CD-09', nvr.id, { source_token: 'ch9' });
    const { items } = await world.call('GET', `/api/recorders/${nvr.id}/channels`);
    expect(items).toMatchObject([
      { source_token: 'ch1', name: 'Cổng', seen_at_ms: 5, camera: { code: 'CD-01' } },
      { source_token: 'ch2', name: null, seen_at_ms: 5, camera: null },
      { source_token: 'ch9', name: null, seen_at_ms: null, camera: { code: 'CD-09' } },
    ]);
  });
});
