import { afterEach, beforeEach, expect, test } from 'vitest';
import { COLUMNS } from '../src/import/columns.ts';
import { GOOD_ROW, register } from './register.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const VIETNAMESE = Object.fromEntries(COLUMNS.map((column) => [column.name, column.label_vi]));

test.each([',', ';', '\t'])(
  'a file separated by %j with Vietnamese headings is understood',
  async (separator) => {
    const file = register([GOOD_ROW], { separator, headings: VIETNAMESE });
    expect((await world.run(file)).created).toBe(1);
  },
);

test('a byte order mark, decomposed letters and headings in capitals change nothing', async () => {
  const shouted = Object.fromEntries(COLUMNS.map(({ name, label_vi }) => [name, label_vi.toUpperCase()]));
  const file = `\uFEFF${register([GOOD_ROW], { headings: shouted })}`.normalize('NFD');
  expect((await world.run(file)).created).toBe(1);
  expect((await world.store.cameras.byCode('HG-01'))!.name).toBe('Nhà bà Lê Thị Hoa'.normalize('NFC'));
  expect((await world.run(register([GOOD_ROW]))).unchanged).toBe(1);
});

test('a misspelt heading stops the file and names the nearest right one', async () => {
  const report = await world.run(register([GOOD_ROW], { headings: { password: 'Mật khảu X' } }));
  expect(report).toMatchObject({ is_applied: false, created: 0 });
  expect(report.file_problems).toMatchObject([{ line: 1, code: 'CSV_HEADER_UNKNOWN' }]);
  expect(report.file_problems[0]!.text.vi).toContain('Mật khẩu');
  expect(await world.store.cameras.byCode('HG-01')).toBeNull();
});

test('a heading like none of ours is left out with a notice', async () => {
  const file = register([GOOD_ROW])
    .replace('camera_code;', 'Số thứ tự trong sổ;camera_code;')
    .replace('HG-01;', '1;HG-01;');
  const report = await world.run(file);
  expect(report.notices).toMatchObject([{ code: 'CSV_HEADER_IGNORED' }]);
  expect(report.created).toBe(1);
});

test('a required heading that is missing, and one that is there twice, stop the file', async () => {
  const report = await world.run(register([GOOD_ROW], { headings: { latitude: 'kinh độ' } }));
  expect(report.file_problems.map(({ code }) => code)).toEqual(['CSV_HEADER_TWICE', 'CSV_HEADER_MISSING']);
});
