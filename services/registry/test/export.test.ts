import { readTableFile } from '@minhchung/tables';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportCameras, type FileFormat, fileOf } from '../src/export/export-cameras.ts';
import { GOOD_ROW, type Row, register } from './register.ts';
import { createWorld, NOW_MS, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

async function exported(format: FileFormat, unit_ids = ['HT'], actor = world.actor): Promise<Buffer> {
  return bytesOf(await exportCameras(world)(actor, { unit_ids }, format));
}

const lastEvents = async (limit: number) => (await world.store.audit.list({}, { limit, after: null })).rows;

const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((text) =>
    text
      .normalize('NFC')
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim(),
  )
  .filter((text) => text !== '');
const hostile = fc.constantFrom('=1+1', '+84', '-2', '@SUM(A1)', "'=x", '"a";b', 'Tổng cộng', 'O"x', '＝1');
const degrees = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).map((value) => String(value).replace('.', ','));

/** A camera as a ward might register it; the number keeps code and device its own. */
const someRow = fc.record(
  {
    camera_name: fc.oneof(line, hostile),
    latitude: degrees(8, 24),
    longitude: degrees(102, 118),
    field_of_view_deg: fc.integer({ min: 1, max: 360 }).map(String),
    range_m: fc.constantFrom('1', '40', '499,5'),
    recorder_name: fc.oneof(line, hostile),
    source_token: fc.constantFrom('=1', 'VideoSource_1', '-1'),
    owner_name: fc.oneof(line, hostile),
    owner_phone: fc.constantFrom('0912 345 678', '+84912345678', '912345678'),
    kind: fc.constantFrom('cộng đồng', 'hộ gia đình'),
    reach: fc.constantFrom('trực tiếp', 'hộp phường', 'chủ camera'),
    agreement_mode: fc.constantFrom('', 'tự động', 'hỏi trước'),
    agreement_purposes: fc.constantFrom('', 'tìm người | public_order'),
    agreement_audio: fc.constantFrom('', 'có', 'không'),
    agreement_valid_from: fc.constantFrom('', '1/3/2026', '2025-12-31'),
    agreement_valid_to: fc.constantFrom('', '31/12/2027'),
  },
  { requiredKeys: ['camera_name', 'latitude', 'longitude', 'kind'] },
);

function completed(row: Partial<Row>, n: number): Row {
  const has_agreement = (row.agreement_mode ?? '') !== '';
  const terms = has_agreement
    ? {}
    : { agreement_purposes: '', agreement_audio: '', agreement_valid_from: '', agreement_valid_to: '' };
  return {
    ...{ camera_code: `C-${n}`, unit_code: 'HT', network_code: 'LAN', recorder_kind: 'onvif' },
    ...{
      device_url: `http://10.0.0.${n + 1}/onvif/device_service`,
      username: 'admin',
      password: `bí mật ${n}`,
    },
    ...row,
    ...terms,
    ...(row.owner_name === undefined ? { owner_phone: '' } : {}),
  };
}

describe.each(['csv', 'xlsx'] as const)('the register as %s', (format) => {
  test('can be imported again and changes nothing, whatever is registered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someRow, { minLength: 1, maxLength: 6 }), async (rows) => {
        await world.close();
        world = await createWorld();
        const registered = await world.run(register(rows.map(completed)));
        expect(registered.rows.flatMap((row) => row.problems)).toEqual([]);
        const [before] = await lastEvents(1);
        const again = await world.run(await exported(format));
        expect([again.unchanged, again.created, again.changed]).toEqual([rows.length, 0, 0]);
        const [after] = await lastEvents(1);
        expect(after!.sequence).toBe(before!.sequence + 2);
      }),
      { numRuns: format === 'csv' ? 25 : 8 },
    );
  }, 120_000);

  test('holds no account, no password and no formula', async () => {
    const names = { camera_name: '=HYPERLINK("http://x")', owner_name: '+Hoa', owner_phone: '+84 912' };
    await world.run(register([{ ...GOOD_ROW, ...names, username: 'tai-khoan', password: 'mat-khau' }]));
    const bytes = await exported(format);
    const [sheet] = (await readTableFile(bytes)).sheets;
    expect(JSON.stringify(sheet!.rows)).not.toMatch(/tai-khoan|mat-khau/);
    expect(sheet!.rows[1]!.cells).toEqual(expect.arrayContaining([names.camera_name, '+Hoa', '+84 912']));
    if (format === 'csv') expect(bytes.toString()).not.toMatch(/(?:^|;)"?[=+\-@\t\r]/m);
  });
});

test('telephone numbers are given only to those who keep the register of the unit', async () => {
  await world.run(register([GOOD_ROW]));
  const officer = { ...world.actor, appointments: [{ role: 'officer' as const, unit_id: 'HT' }] };
  expect((await exported('csv')).toString()).toContain('0912 345 678');
  const without = (await exported('csv', ['HT'], officer)).toString();
  expect([without.includes('Lê Thị Hoa'), without.includes('0912')]).toEqual([true, false]);
});

test('only the cameras of the filter are given out, and who took them is in the trail', async () => {
  await world.run(register([GOOD_ROW]));
  expect((await exported('csv', [])).toString().trim().split('\r\n')).toHaveLength(1);
  expect((await exported('csv')).toString().trim().split('\r\n')).toHaveLength(2);
  const [event] = await lastEvents(1);
  expect(event).toMatchObject({
    act: 'camera.export',
    account_id: 'A1',
    details: { format: 'csv', units: 1 },
  });
});

test('a withdrawn agreement is not given out, so that importing again neither fails nor brings it back', async () => {
  await world.run(register([GOOD_ROW]));
  const { id } = (await world.store.cameras.byCode('HG-01'))!;
  const [agreement] = await world.store.agreements.ofCamera(id);
  await world.store.agreements.withdraw(agreement!.id, NOW_MS);
  const again = await world.run(await exported('xlsx'));
  expect([again.unchanged, again.rejected]).toEqual([1, 0]);
  expect(await world.store.agreements.ofCamera(id)).toHaveLength(1);
});

describe('the file of wrong rows', () => {
  const bad: Row = {
    ...GOOD_ROW,
    camera_code: 'HG-02',
    camera_name: '=x',
    latitude: 'xa',
    password: 'bí-mật-2',
  };
  const handedBack = async (file: string, format: FileFormat = 'csv') =>
    bytesOf(fileOf((await world.outcome(file, 'preview')).errorRows(), format));

  test('has the wrong rows only, without passwords, each with what to do in both languages', async () => {
    const text = (await handedBack(register([GOOD_ROW, bad]))).toString();
    expect(text).toContain('Lỗi / Error');
    expect(text).toContain("'=x");
    expect(text).toMatch(/Dòng 3, ô G \(Vĩ độ\): .* \/ Cell ""latitude""/);
    expect(text).toMatch(/enter both again/);
    expect(text).not.toMatch(/HG-01|bí-mật/);
  });

  test.each(['csv', 'xlsx'] as const)('can be imported as %s once it is mended', async (format) => {
    const bytes = await handedBack(register([bad]), format);
    const rows = (await readTableFile(bytes)).sheets[0]!.rows.map(({ cells }) => [...cells]);
    const column = rows[0]!.indexOf('latitude');
    rows[1]![column] = '19,8067';
    const mended = await bytesOf(fileOf(rows, format));
    const report = await world.run(mended);
    expect([report.created, report.rejected, report.file_problems]).toEqual([1, 0, []]);
    expect((await world.store.cameras.byCode('HG-02'))!.name).toBe('=x');
  });

  test('repeats nothing of a row whose cells cannot be told apart', async () => {
    const shifted = register([bad]).replace(';admin;', ';');
    const text = (await handedBack(shifted)).toString();
    expect(text).toContain('Dòng 2');
    expect(text).not.toMatch(/HG-02|bí-mật/);
  });

  test('of a file with wrong headings says what is wrong with them', async () => {
    const text = (await handedBack(register([bad], { headings: { latitude: 'Vĩ đôj' } }))).toString();
    expect(text).toMatch(/Dòng 1, ô G: .*Vĩ đôj/);
  });
});
