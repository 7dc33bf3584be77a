import { afterEach, beforeEach, expect, test } from 'vitest';
import { GOOD_ROW, type Row, register } from './register.ts';
import { createWorld, NOW_MS, problemsIn, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const SHARED = { recorder_code: 'NVR-1', device_url: 'http://192.168.1.30/', username: '', password: '' };
const COMMUNITY: Row = {
  ...GOOD_ROW,
  ...{ kind: 'cộng đồng', owner_name: '', owner_phone: '', username: '', password: '' },
  ...{ agreement_mode: '', agreement_valid_from: '', agreement_valid_to: '' },
};
const NO_AGREEMENT = { agreement_mode: '', agreement_valid_from: '', agreement_valid_to: '' };

test('a camera moved by a file does not keep its channel onto a household’s channel', async () => {
  await world.run(
    register([
      { ...COMMUNITY, ...SHARED, camera_code: 'CD-01', source_token: 'ch1' },
      { ...GOOD_ROW, ...SHARED, camera_code: 'HG-02', source_token: 'ch2' },
    ]),
  );
  const elsewhere = { recorder_code: 'NVR-2', device_url: 'http://192.168.1.31/' };
  await world.run(register([{ ...COMMUNITY, ...elsewhere, camera_code: 'CD-09', source_token: 'ch2' }]));
  const moved = { ...COMMUNITY, ...SHARED, camera_code: 'CD-09' };
  const report = await world.run(register([moved]));
  expect(problemsIn(report)).toEqual([[2, 'source_token', 'SOURCE_TAKEN']]);
  const camera = (await world.store.cameras.byCode('CD-09'))!;
  expect((await world.store.recorders.byId(camera.recorder_id))!.code).toBe('NVR-2');
});

test('nor onto one that the same file gives to a household', async () => {
  const elsewhere = { recorder_code: 'NVR-2', device_url: 'http://192.168.1.31/' };
  await world.run(register([{ ...COMMUNITY, ...elsewhere, camera_code: 'CD-09', source_token: 'ch2' }]));
  const report = await world.run(
    register([
      { ...GOOD_ROW, ...SHARED, camera_code: 'HG-02', source_token: 'ch2' },
      { ...COMMUNITY, ...SHARED, camera_code: 'CD-09' },
    ]),
  );
  expect(problemsIn(report)).toEqual([[3, 'source_token', 'CSV_SOURCE_TWICE']]);
});

test('a withdrawn household’s camera is not polled again because a file says so', async () => {
  await world.run(
    register([
      { ...COMMUNITY, ...SHARED, camera_code: 'CD-01', source_token: 'ch1' },
      { ...GOOD_ROW, ...SHARED, camera_code: 'HG-02', source_token: 'ch2' },
    ]),
  );
  const camera = (await world.store.cameras.byCode('HG-02'))!;
  const [agreement] = await world.store.agreements.ofCamera(camera.id);
  await world.store.agreements.withdraw(agreement!.id, NOW_MS);
  const row = { ...GOOD_ROW, ...SHARED, ...NO_AGREEMENT, camera_code: 'HG-02', source_token: 'ch2' };
  const report = await world.run(register([row]));
  expect(problemsIn(report)).toEqual([[2, 'reach', 'CAMERA_WITHOUT_AGREEMENT']]);
  expect((await world.store.cameras.byCode('HG-02'))!.reach).toBe('owner_only');
  const silent = await world.run(register([{ ...row, reach: '', camera_name: 'Nhà bà Hoa' }]));
  expect(problemsIn(silent)).toEqual([]);
  expect((await world.store.cameras.byCode('HG-02'))!.reach).toBe('owner_only');
});

test('a recorder that a file leaves without its household’s camera loses its account', async () => {
  await world.run(register([{ ...GOOD_ROW, recorder_code: 'NVR-1' }]));
  const before = (await world.store.cameras.byCode('HG-01'))!;
  expect(await world.store.credentials.has(before.recorder_id)).toBe(true);
  const moved = { ...GOOD_ROW, recorder_code: 'NVR-2', device_url: 'http://192.168.1.21/' };
  expect((await world.run(register([moved]))).changed).toBe(1);
  expect(await world.store.credentials.has(before.recorder_id)).toBe(false);
});
