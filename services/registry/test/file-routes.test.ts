import { randomBytes } from 'node:crypto';
import { secretBox } from '@minhchung/store';
import { readTableFile } from '@minhchung/tables';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { workbook } from '../../../packages/tables/test/workbook.ts';
import { createWorld, type World } from '../../gateway/test/world.ts';
import { registryRoutes } from '../src/index.ts';
import { GOOD_ROW, type Row, register } from './register.ts';

const secrets = secretBox(randomBytes(32));
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let world: World;
let technician: string;
beforeEach(async () => {
  world = await createWorld({ areas: (deps) => [registryRoutes({ ...deps, secrets })] });
  await world.addAccount('tech', [{ role: 'technician', unit_id: world.ward.id }]);
  technician = await world.sessionOf('tech');
  await world.store.networks.create({ id: 'LAN', code: 'LAN', name: 'Mạng phường', cidrs: [] });
});
afterEach(() => world.close());

const post = (url: string, payload: Uint8Array | string, content_type = 'text/csv', session = technician) =>
  world.send({
    ...{ method: 'POST', url, session },
    payload: Buffer.from(payload),
    headers: { 'content-type': content_type },
  });
const get = (url: string, session = technician) => world.send({ method: 'GET', url, session });
const sheetOf = (rows: readonly Row[]) => {
  const fields = Object.keys(GOOD_ROW) as (keyof Row)[];
  const cells = rows.map((row) => fields.map((field) => row[field] ?? ''));
  return workbook({ name: 'Danh sách', rows: [['DANH SÁCH'], fields, ...cells] });
};

test.each([XLSX, 'text/csv', 'application/vnd.ms-excel', 'application/octet-stream'])(
  'a workbook sent as %s is told by its content',
  async (content_type) => {
    const response = await post('/api/cameras/import?mode=apply', await sheetOf([GOOD_ROW]), content_type);
    expect(response.json()).toMatchObject({
      sheet: 'Danh sách',
      header_row: 2,
      created: 1,
      is_applied: true,
    });
  },
);

test('mapping, sheet and choice of rows come with the call; the mapping stands in the report', async () => {
  const mapping = encodeURIComponent(JSON.stringify({ L: null }));
  const url = `/api/cameras/import?mode=apply&rows=all_or_nothing&sheet=danh%20sach&mapping=${mapping}`;
  const report = (await post(url, await sheetOf([GOOD_ROW, { ...GOOD_ROW, latitude: 'x' }]), XLSX)).json();
  expect(report).toMatchObject({ rows_choice: 'all_or_nothing', is_applied: false });
  expect(report.columns[11]).toMatchObject({ letter: 'L', field: null, by: 'request' });
  expect(report.rows[1].problems[0]).toMatchObject({ sheet: 'Danh sách', line: 4, column_letter: 'E' });
});

test.each(['nonsense', '[]', '{"A":"no_such_field"}', '{"A":7}'])(
  'the mapping %s is refused',
  async (mapping) => {
    const url = `/api/cameras/import?mode=preview&mapping=${encodeURIComponent(mapping)}`;
    const response = await post(url, register([GOOD_ROW]));
    expect([response.statusCode, response.json().code]).toEqual([400, 'CSV_MAPPING_INVALID']);
  },
);

test('the wrong rows are handed back as a file', async () => {
  const rows = [GOOD_ROW, { ...GOOD_ROW, camera_code: 'B', latitude: 'x' }];
  const response = await post('/api/cameras/import/errors?format=xlsx', register(rows));
  expect(response.headers['content-type']).toBe(XLSX);
  const [sheet] = (await readTableFile(response.rawPayload)).sheets;
  expect(sheet!.rows).toHaveLength(2);
  expect(await world.store.cameras.byCode('HG-01')).toBeNull();
});

test('the register is given out as a file, in one’s own units only', async () => {
  await post('/api/cameras/import?mode=apply', register([GOOD_ROW]));
  const csv = await get('/api/cameras/export?format=csv');
  expect(csv.headers['content-disposition']).toContain('danh-sach-camera.csv');
  expect(csv.body).toMatch(/^\ufeffMã camera;[\s\S]*HG-01;/);
  expect((await get('/api/cameras/export?format=csv&kind=community')).body).not.toContain('HG-01');
  await world.addAccount('elsewhere', [{ role: 'officer', unit_id: world.other_ward.id }]);
  const elsewhere = await get('/api/cameras/export?format=csv', await world.sessionOf('elsewhere'));
  expect(elsewhere.body).not.toContain('HG-01');
});

test('handing back and giving out are refused to those who may not', async () => {
  await world.addAccount('admin', [{ role: 'administrator', unit_id: world.province.id }]);
  const admin = await world.sessionOf('admin');
  expect((await get('/api/cameras/export?format=csv', admin)).json().code).toBe('FORBIDDEN');
  const errors = await post('/api/cameras/import/errors?format=csv', register([GOOD_ROW]), 'text/csv', admin);
  expect(errors.json().code).toBe('FORBIDDEN');
});
