import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type EditingWorld, editingWorld } from './editing-world.ts';
import { GOOD_ROW, register } from './register.ts';
import { createWorld, NOW_MS, type World } from './world.ts';

const OUTSIDE = 'http://8.8.8.8/onvif/device_service';
const FINGERPRINT = 'aa'.repeat(32);

describe('an address typed in editing', () => {
  let world: EditingWorld;
  let nvr: Answer;
  beforeEach(async () => {
    world = await editingWorld();
    nvr = await world.recorder('NVR-1', 'http://192.168.1.20/onvif');
  });
  afterEach(() => world.close());

  const change = (fields: object) =>
    world.call('PATCH', `/api/recorders/${nvr.id}`, { version: nvr.version, ...fields });
  const narrow = (cidrs: string[]) =>
    world.store.networks.update({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs });

  test.each([
    ['outside', OUTSIDE, 'outside_networks'],
    ['metadata', 'http://169.254.169.254/', 'metadata'],
    ['this server', 'http://127.0.0.1/', 'loopback'],
    ['odd', 'http://0300.0250.1.1/', 'odd_writing'],
  ])('is refused where no device may be, naming the field (%s)', async (_what, device_url, refusal) => {
    const refused = { code: 'ADDRESS_NOT_ALLOWED', details: { refusal, field: 'device_url' } };
    expect(await world.recorder('NVR-2', device_url)).toMatchObject(refused);
    expect(await change({ device_url })).toMatchObject(refused);
  });

  test('must lie in the blocks of its own network too', async () => {
    await narrow(['192.168.1.0/24']);
    expect((await change({ device_url: 'http://192.168.2.20/' })).code).toBe('ADDRESS_NOT_ALLOWED');
    expect((await change({ device_url: 'http://192.168.1.21/' })).status).toBe(200);
  });

  test('is judged anew when the recorder goes to another network, and not when only its name changes', async () => {
    await world.store.networks.update({ id: 'WAN', code: 'WAN', name: 'WAN', cidrs: ['10.0.0.0/8'] });
    expect((await change({ network_id: 'WAN' })).code).toBe('ADDRESS_NOT_ALLOWED');
    await narrow(['10.0.0.0/8']);
    expect((await change({ name: 'Tên mới' })).status).toBe(200);
  });

  test('may be a name, which is judged when it is connected to', async () => {
    expect((await change({ device_url: 'http://nvr.example/' })).status).toBe(200);
  });
});

describe('an address typed in a list', () => {
  let world: World;
  beforeEach(async () => {
    world = await createWorld();
  });
  afterEach(() => world.close());

  test.each(['preview', 'apply'] as const)(
    'is refused at its cell where no device may be (%s)',
    async (mode) => {
      const report = await world.run(register([{ ...GOOD_ROW, device_url: OUTSIDE }]), mode);
      expect(report.rows[0]!.problems).toMatchObject([
        { line: 2, column: 'device_url', code: 'ADDRESS_NOT_ALLOWED' },
      ]);
      expect(report.rows[0]!.problems[0]!.text.vi).toContain('8.8.8.8');
      expect(await world.store.cameras.byCode(GOOD_ROW.camera_code!)).toBeNull();
    },
  );

  test('must lie in the blocks of the network its row names', async () => {
    await world.store.networks.update({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs: ['10.0.0.0/8'] });
    const report = await world.run(register([GOOD_ROW]));
    expect(report.rows[0]!.problems).toMatchObject([{ column: 'device_url', code: 'ADDRESS_NOT_ALLOWED' }]);
  });

  test('registered before is no fault of the list, whatever the blocks have become', async () => {
    await world.run(register([GOOD_ROW]));
    await world.store.networks.update({ id: 'LAN', code: 'LAN', name: 'LAN', cidrs: ['10.0.0.0/8'] });
    expect(await world.run(register([GOOD_ROW]))).toMatchObject({ unchanged: 1, rejected: 0 });
  });

  test('that is new makes the certificates of its recorder forgotten; the same one does not', async () => {
    await world.run(register([GOOD_ROW]));
    const camera = (await world.store.cameras.byCode(GOOD_ROW.camera_code!))!;
    await world.store.certificates.trustFirst(camera.recorder_id, FINGERPRINT, NOW_MS);
    await world.run(register([{ ...GOOD_ROW, camera_name: 'Tên mới' }]));
    expect(await world.store.certificates.trusted(camera.recorder_id)).not.toBeNull();
    await world.run(register([{ ...GOOD_ROW, device_url: 'http://192.168.1.77/onvif' }]));
    expect(await world.store.certificates.trusted(camera.recorder_id)).toBeNull();
  });
});
