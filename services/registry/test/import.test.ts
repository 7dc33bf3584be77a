import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GOOD_ROW, register } from './register.ts';
import { createWorld, NOW_MS, problemsIn, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const ALL = { limit: 100, after: null };

async function acts(): Promise<string[]> {
  return (await world.store.audit.list({}, ALL)).rows.map((event) => event.act).reverse();
}

describe('importing a register', () => {
  test('registers camera, recorder, clock, owner and agreement, each with its audit event', async () => {
    const report = await world.run(register([{ ...GOOD_ROW, scheme_code: 'MH-1', site_code: 'D-1' }]));
    expect([report.created, report.rejected, report.is_applied]).toEqual([1, 0, true]);
    const camera = (await world.store.cameras.byCode('HG-01'))!;
    expect(camera).toMatchObject({
      name: 'Nhà bà Lê Thị Hoa',
      kind: 'household',
      unit_id: 'HT',
      site_id: 'D-1',
      position: { latitude_deg: 19.8067, longitude_deg: 105.7768 },
      aim_point: { latitude_deg: 19.8069, longitude_deg: 105.7771 },
      reach: 'polled',
    });
    const recorder = (await world.store.recorders.byId(camera.recorder_id))!;
    expect(recorder).toMatchObject({ code: 'HG-01', kind: 'onvif', device_url: GOOD_ROW.device_url });
    expect(await world.store.clocks.byId(recorder.clock_id)).not.toBeNull();
    expect(await world.store.credentials.open(recorder.id, world.secrets)).toEqual({
      username: 'admin',
      password: GOOD_ROW.password,
    });
    expect(await world.store.owners.byId(camera.owner_id!)).toMatchObject({ phone: '0912 345 678' });
    expect(await world.store.agreements.ofCamera(camera.id)).toMatchObject([
      {
        mode: 'automatic',
        valid_from_ms: Date.parse('2026-03-01T00:00:00+07:00'),
        // The day named is the last one that counts.
        valid_to_ms: Date.parse('2027-03-01T00:00:00+07:00'),
      },
    ]);
    expect(await acts()).toEqual([
      'recorder.create',
      'recorder.set_credentials',
      'camera.create',
      'agreement.create',
      'camera.import',
    ]);
  });

  test('is idempotent: the same file again changes nothing and appends no change to the trail', async () => {
    const file = register([GOOD_ROW]);
    await world.run(file);
    const before = await acts();
    world.time.advance(60_000);
    const report = await world.run(file);
    expect([report.created, report.changed, report.unchanged]).toEqual([0, 0, 1]);
    expect((await acts()).slice(before.length)).toEqual(['camera.import']);
  });

  test('reports a changed row with the columns that changed, and updates it', async () => {
    await world.run(register([GOOD_ROW]));
    const moved = { ...GOOD_ROW, camera_name: 'Tên mới', range_m: '60', password: 'mật khẩu mới' };
    const report = await world.run(register([moved]));
    expect(report.rows).toMatchObject([
      { outcome: 'changed', changes: ['camera_name', 'range_m', 'password'] },
    ]);
    expect(await world.store.cameras.byCode('HG-01')).toMatchObject({ name: 'Tên mới', range_m: 60 });
    const { recorder_id } = (await world.store.cameras.byCode('HG-01'))!;
    const credentials = await world.store.credentials.open(recorder_id, world.secrets);
    expect(credentials?.password).toBe('mật khẩu mới');
  });

  test('never erases by an empty cell', async () => {
    await world.run(register([GOOD_ROW]));
    const { camera_code, camera_name, kind, unit_code, latitude, longitude, network_code, recorder_kind } =
      GOOD_ROW;
    const bare = {
      camera_code,
      camera_name,
      kind,
      unit_code,
      latitude,
      longitude,
      network_code,
      recorder_kind,
    };
    const report = await world.run(register([bare]));
    expect(report.unchanged).toBe(1);
    expect(await world.store.cameras.byCode('HG-01')).toMatchObject({ range_m: 40, field_of_view_deg: 80 });
  });

  test('writes nothing in a preview, and says what applying would do', async () => {
    const file = register([GOOD_ROW, { ...GOOD_ROW, camera_code: 'HG-02', latitude: 'xa' }]);
    const preview = await world.run(file, 'preview');
    expect([preview.is_applied, preview.created, preview.rejected]).toEqual([false, 1, 1]);
    expect(await world.store.cameras.byCode('HG-01')).toBeNull();
    expect(await acts()).toEqual([]);
    const applied = await world.run(file);
    expect(applied.rows).toEqual(preview.rows);
  });

  test('gives two cameras of one household one owner', async () => {
    const second = { ...GOOD_ROW, camera_code: 'HG-02', camera_name: 'Cổng sau' };
    await world.run(register([GOOD_ROW, second]));
    const [first, other] = [
      await world.store.cameras.byCode('HG-01'),
      await world.store.cameras.byCode('HG-02'),
    ];
    expect(first!.owner_id).toBe(other!.owner_id);
  });

  test('does not bring a withdrawn agreement or its password back', async () => {
    await world.run(register([GOOD_ROW]));
    const camera = (await world.store.cameras.byCode('HG-01'))!;
    const [agreement] = await world.store.agreements.ofCamera(camera.id);
    await world.store.agreements.withdraw(agreement!.id, NOW_MS);
    const report = await world.run(register([GOOD_ROW]));
    expect(problemsIn(report)).toEqual([[2, 'agreement_valid_from', 'AGREEMENT_WITHDRAWN']]);
    expect(await world.store.credentials.has(camera.recorder_id)).toBe(false);
    const anew = await world.run(register([{ ...GOOD_ROW, agreement_valid_from: '23/11/2026' }]));
    expect(anew.changed).toBe(1);
    expect(await world.store.agreements.ofCamera(camera.id)).toHaveLength(2);
  });

  test('does not bring a withdrawn password back with another camera of the recorder', async () => {
    await world.run(register([GOOD_ROW]));
    const { id, recorder_id } = (await world.store.cameras.byCode('HG-01'))!;
    const [agreement] = await world.store.agreements.ofCamera(id);
    await world.store.agreements.withdraw(agreement!.id, NOW_MS);
    const none = { agreement_mode: '', agreement_valid_from: '', agreement_valid_to: '' };
    const second = { ...GOOD_ROW, ...none, camera_code: 'HG-02', recorder_code: 'HG-01', source_token: 'b' };
    const report = await world.run(register([second]));
    expect(problemsIn(report)).toEqual([[2, 'password', 'CREDENTIALS_WITHOUT_AGREEMENT']]);
    expect(await world.store.credentials.has(recorder_id)).toBe(false);
    const without = await world.run(register([{ ...second, username: '', password: '' }]));
    expect(without.created).toBe(1);
  });

  test('does not hand a stored password to a new address', async () => {
    await world.run(register([GOOD_ROW]));
    const { username: _u, password: _p, ...row } = GOOD_ROW;
    const moved = { ...row, device_url: 'http://192.168.77.9/onvif/device_service' };
    expect(problemsIn(await world.run(register([moved])))).toEqual([[2, 'device_url', 'CSV_CELLS_TOGETHER']]);
  });

  test('takes a whole NVR from rows of which only the first gives address and password', async () => {
    const nvr = { ...GOOD_ROW, kind: 'cộng đồng', recorder_code: 'NVR-1', owner_name: '', owner_phone: '' };
    const bare = { ...nvr, agreement_mode: '', agreement_valid_from: '', agreement_valid_to: '' };
    const others = { ...bare, device_url: '', username: '', password: '' };
    const report = await world.run(
      register([
        { ...bare, camera_code: 'C-1', source_token: 'src1' },
        { ...others, camera_code: 'C-2', source_token: 'src2' },
        { ...others, camera_code: 'C-3', source_token: 'src3' },
      ]),
    );
    expect(report.created).toBe(3);
    const recorder = (await world.store.recorders.byCode('NVR-1'))!;
    expect(recorder.device_url).toBe(GOOD_ROW.device_url);
    expect(await world.store.cameras.ofRecorder(recorder.id)).toHaveLength(3);
  });
});

test('an owner shared with a row that is refused is still registered', async () => {
  await world.run(register([GOOD_ROW]));
  const camera = (await world.store.cameras.byCode('HG-01'))!;
  const [agreement] = await world.store.agreements.ofCamera(camera.id);
  await world.store.agreements.withdraw(agreement!.id, NOW_MS);
  const household = { owner_name: 'Trần Văn Bình', owner_phone: '0987' };
  const rows = [
    { ...GOOD_ROW, ...household },
    {
      ...GOOD_ROW,
      ...household,
      camera_code: 'HG-02',
      device_url: 'http://192.168.1.21/onvif/device_service',
    },
  ];
  const report = await world.run(register(rows));
  expect([report.rejected, report.created]).toEqual([1, 1]);
  const other = (await world.store.cameras.byCode('HG-02'))!;
  expect(await world.store.owners.byId(other.owner_id!)).toMatchObject({ name: 'Trần Văn Bình' });
});

test('many recorders in several transactions are all registered', async () => {
  const rows = Array.from({ length: 120 }, (_, n) => ({ ...GOOD_ROW, camera_code: `C-${n}` }));
  expect((await world.run(register(rows))).created).toBe(120);
  expect((await world.store.cameras.list({}, { limit: 200, after: null })).rows).toHaveLength(120);
});

test('an agreement allows the purposes it names, and without any only the clarifying of incidents', async () => {
  const named = { ...GOOD_ROW, camera_code: 'HG-02', agreement_purposes: 'tìm người | public_order' };
  await world.run(register([GOOD_ROW, named]));
  const purposesOf = async (code: string) => {
    const camera = (await world.store.cameras.byCode(code))!;
    return (await world.store.agreements.ofCamera(camera.id))[0]!.purposes;
  };
  expect(await purposesOf('HG-01')).toEqual(['incident']);
  expect(await purposesOf('HG-02')).toEqual(['missing_person', 'public_order']);
  expect((await world.run(register([GOOD_ROW, named]))).unchanged).toBe(2);
  const wrong = await world.run(register([{ ...named, agreement_purposes: 'tò mò' }]));
  expect(wrong.rows[0]!.problems).toMatchObject([{ column: 'agreement_purposes', code: 'CSV_CELL_CHOICE' }]);
});

test('an agreement allows sound only where the list says so, and a list without a word on it changes nothing', async () => {
  const soundOf = async () => {
    const camera = (await world.store.cameras.byCode('HG-01'))!;
    return (await world.store.agreements.ofCamera(camera.id)).map(({ allows_audio }) => allows_audio);
  };
  await world.run(register([GOOD_ROW]));
  expect(await soundOf()).toEqual([false]);
  await world.run(register([{ ...GOOD_ROW, agreement_audio: 'có' }]));
  expect(await soundOf()).toEqual(expect.arrayContaining([true, false]));
  expect((await world.run(register([GOOD_ROW]))).unchanged).toBe(1);
  const wrong = await world.run(register([{ ...GOOD_ROW, agreement_audio: 'đôi khi' }]));
  expect(wrong.rows[0]!.problems).toMatchObject([{ column: 'agreement_audio', code: 'CSV_CELL_CHOICE' }]);
});
