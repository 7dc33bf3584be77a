import { afterEach, beforeEach, expect, test } from 'vitest';
import { GOOD_ROW, type Row, register } from './register.ts';
import { createWorld, problemsIn, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const AS_COMMUNITY: Row = {
  ...GOOD_ROW,
  ...{ camera_code: 'CD-01', kind: 'cộng đồng', owner_name: '', owner_phone: '' },
  ...{ agreement_mode: '', agreement_valid_from: '', agreement_valid_to: '' },
  device_url: 'https://192.168.1.20:443/khac',
};

test.each(['preview', 'apply'] as const)(
  'a household’s device is not registered anew as a community camera, in a second file (%s)',
  async (mode) => {
    await world.run(register([GOOD_ROW]));
    const report = await world.run(register([AS_COMMUNITY]), mode);
    expect(problemsIn(report)).toEqual([[2, 'device_url', 'DEVICE_REGISTERED']]);
    expect(report.rows[0]!.problems[0]!.text.vi).toContain('HG-01');
    expect(await world.store.cameras.byCode('CD-01')).toBeNull();
  },
);

test.each(['preview', 'apply'] as const)('nor in the same file (%s)', async (mode) => {
  const report = await world.run(register([GOOD_ROW, AS_COMMUNITY]), mode);
  expect(problemsIn(report)).toEqual([[3, 'device_url', 'DEVICE_REGISTERED']]);
});

test('one household may list each of its cameras by itself; another household may not', async () => {
  const second = { ...GOOD_ROW, camera_code: 'HG-02' };
  const stranger = { ...GOOD_ROW, camera_code: 'HG-03', owner_name: 'Trần Văn Bình', owner_phone: '0987' };
  const report = await world.run(register([GOOD_ROW, second, stranger]));
  expect(problemsIn(report)).toEqual([[4, 'device_url', 'DEVICE_REGISTERED']]);
  expect(report.created).toBe(2);
});

test('a device that the ward took over is registered anew once somebody else let go of it', async () => {
  await world.run(register([GOOD_ROW]));
  const camera = (await world.store.cameras.byCode('HG-01'))!;
  const at_ms = world.time.now_ms();
  await world.store.cameras.retire(camera.id, at_ms);
  const refused = await world.run(register([AS_COMMUNITY]));
  expect(problemsIn(refused)).toEqual([[2, 'device_url', 'DEVICE_OF_HOUSEHOLD']]);
  const { network_id, device_url } = (await world.store.recorders.byId(camera.recorder_id))!;
  await world.store.householdDevices.release(network_id, device_url!, { at_ms, person_id: 'P1' });
  expect((await world.run(register([AS_COMMUNITY]))).created).toBe(1);
});

test('what stood in the register twice before addresses were compared is imported again unchanged', async () => {
  await world.run(register([GOOD_ROW]));
  const elsewhere = { ...AS_COMMUNITY, device_url: 'http://192.168.1.99/onvif' };
  await world.run(register([elsewhere]));
  const recorder = (await world.store.recorders.byCode('CD-01'))!;
  await world.store.recorders.update({ ...recorder, device_url: 'https://192.168.1.20/khac' });
  const report = await world.run(register([{ ...AS_COMMUNITY, password: '', username: '' }]));
  expect([report.unchanged, report.rejected]).toEqual([1, 0]);
});

test('a stored account does not follow a recorder into another network', async () => {
  await world.run(register([GOOD_ROW]));
  await world.store.networks.create({ id: 'WAN', code: 'WAN', name: 'Mạng khác', cidrs: [] });
  const moved = { ...GOOD_ROW, network_code: 'WAN', username: '', password: '' };
  expect(problemsIn(await world.run(register([moved])))).toEqual([[2, 'network_code', 'CSV_CELLS_TOGETHER']]);
});

test('what a file changes stands in the history of the thing, with who brought it', async () => {
  await world.run(register([GOOD_ROW]));
  world.time.advance(1);
  await world.run(register([{ ...GOOD_ROW, camera_name: 'Nhà bà Hoa', password: 'mật khẩu mới' }]));
  const camera = (await world.store.cameras.byCode('HG-01'))!;
  const page = { limit: 10, after: null };
  const { rows } = await world.store.changes.history('camera', camera.id, page);
  expect(rows.map(({ act, person_id }) => [act, person_id])).toEqual([
    ['camera.update', 'P1'],
    ['camera.create', 'P1'],
  ]);
  expect([rows[0]!.before, rows[0]!.after]).toEqual([{ name: 'Nhà bà Lê Thị Hoa' }, { name: 'Nhà bà Hoa' }]);
  const recorder = await world.store.changes.history('recorder', camera.recorder_id, page);
  expect(recorder.rows.map(({ act }) => act).sort()).toEqual([
    ...['recorder.create', 'recorder.set_credentials', 'recorder.set_credentials'],
  ]);
  expect(JSON.stringify(recorder)).not.toContain('mật khẩu');
});
