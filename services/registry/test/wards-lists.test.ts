import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { workbook } from '../../../packages/tables/test/workbook.ts';
import { COLUMNS } from '../src/import/columns.ts';
import { GOOD_ROW, type Row, register } from './register.ts';
import { createWorld, problemsIn, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.close());

const FIELDS = COLUMNS.map(({ name }) => name).filter((name) => GOOD_ROW[name] !== undefined);
const HEADINGS = COLUMNS.filter(({ name }) => FIELDS.includes(name)).map(({ label_vi }) => label_vi);
const cellsOf = (row: Row) => FIELDS.map((name) => row[name] ?? '');
/** A second camera; each has a device of its own. */
const other = (n: number, change: Row = {}): Row => ({
  ...GOOD_ROW,
  camera_code: `HG-0${n}`,
  device_url: `http://192.168.1.${20 + n}/onvif/device_service`,
  ...change,
});
const sheet = (rows: readonly (readonly string[])[], name = 'Sheet1') => workbook({ name, rows });
const codes = (found: readonly { line: number; code: string }[]) =>
  found.map(({ line, code }) => [line, code]);

describe('the row of headings', () => {
  test('is found under letterhead and title, with repeated headings, totals and signatures left out', async () => {
    const rows = [
      ['CÔNG AN PHƯỜNG'],
      ['DANH SÁCH CAMERA'],
      [],
      ['STT', ...HEADINGS],
      ['1', ...cellsOf(GOOD_ROW)],
      [],
      ['STT', ...HEADINGS],
      ['2', ...cellsOf(other(2))],
      ['3'],
      ['Tổng cộng', '2'],
      ['', '', '', 'Ngày 01 tháng 11', 'Trưởng công an'],
    ];
    const report = await world.run(await sheet(rows));
    expect([report.header_row, report.created, report.rejected]).toEqual([4, 2, 0]);
    expect(codes(report.notices)).toEqual([
      [6, 'CSV_ROW_EMPTY'],
      [7, 'CSV_ROW_HEADER_AGAIN'],
      [9, 'CSV_ROW_TITLE'],
      [10, 'CSV_ROW_TOTAL'],
      [11, 'CSV_ROW_FOOTER'],
    ]);
  });

  test('may take two rows, as "Toạ độ" over "Vĩ độ" and "Kinh độ"', async () => {
    const at = HEADINGS.indexOf('Vĩ độ');
    const upper = HEADINGS.map((heading, n) => (n === at ? 'Toạ độ' : n === at + 1 ? '' : heading));
    const lower = HEADINGS.map((heading, n) => (n === at || n === at + 1 ? heading : ''));
    const report = await world.run(await sheet([upper, lower, cellsOf(GOOD_ROW)]));
    expect([report.header_row, report.created]).toEqual([2, 1]);
  });

  test('is told by sheet and letter, as the problems are', async () => {
    const bad = other(2, { latitude: 'xa' });
    const report = await world.run(
      await sheet([['x'], HEADINGS, cellsOf(GOOD_ROW), cellsOf(bad)], 'Danh sách'),
    );
    expect(report.rows.flatMap((row) => row.problems)).toMatchObject([
      { sheet: 'Danh sách', line: 4, column: 'latitude', column_letter: 'E', value: 'xa' },
    ]);
    expect(report.columns[4]).toEqual({ letter: 'E', heading: 'Vĩ độ', field: 'latitude', by: 'heading' });
  });
});

describe('of several sheets', () => {
  const book = () =>
    workbook(
      { name: 'Hướng dẫn', rows: [['Điền vào trang sau']] },
      { name: 'Phường A', rows: [HEADINGS, cellsOf(GOOD_ROW)] },
      { name: 'Phường B', rows: [HEADINGS, cellsOf(other(2))] },
    );

  test('the first that fits is read, and the other one is named', async () => {
    const report = await world.run(await book());
    expect([report.sheet, report.created]).toEqual(['Phường A', 1]);
    expect(report.notices.map(({ code }) => code)).toEqual(['CSV_SHEET_LEFT_OUT']);
    expect(report.notices[0]!.text.vi).toContain('Phường B');
  });

  test('one can be named, without case and diacritics; an unknown one is answered with those there are', async () => {
    const report = await world.run(await book(), 'apply', ['HT'], { sheet: 'phuong b' });
    expect([report.sheet, report.created]).toEqual(['Phường B', 1]);
    await expect(world.run(await book(), 'preview', ['HT'], { sheet: 'C' })).rejects.toMatchObject({
      code: 'TABLE_SHEET_UNKNOWN',
      details: { sheets: 'Hướng dẫn, Phường A, Phường B' },
    });
  });
});

describe('a mapping', () => {
  const headings = { camera_name: 'Địa bàn', password: 'Mật khảu X' };
  const file = (...rows: readonly Row[]) => register(rows, { headings });
  const letter = (field: string) => {
    const index = COLUMNS.filter(({ name }) => !name.endsWith('coordinates')).findIndex(
      ({ name }) => name === field,
    );
    return index < 26 ? String.fromCharCode(65 + index) : `A${String.fromCharCode(65 + index - 26)}`;
  };
  const mapping = { 'dia ban': 'camera_name', [letter('password')]: 'password' } as const;

  test('is needed where headings are unclear, and then does', async () => {
    const unclear = await world.run(file(GOOD_ROW));
    expect(unclear.file_problems.map(({ code }) => code)).toEqual([
      'CSV_HEADER_UNKNOWN',
      'CSV_HEADER_MISSING',
    ]);
    expect(unclear.file_problems[0]!.column_letter).toBe(letter('password'));
    const report = await world.run(file(GOOD_ROW), 'apply', ['HT'], { mapping });
    expect([report.file_problems, report.created]).toEqual([[], 1]);
    expect(report.columns.filter(({ by }) => by === 'request').map(({ field }) => field)).toEqual([
      'camera_name',
      'password',
    ]);
  });

  test('is remembered once applied, for the same headings and the units of the account', async () => {
    await world.run(file(GOOD_ROW), 'preview', ['HT'], { mapping });
    expect((await world.run(file(GOOD_ROW))).file_problems).not.toEqual([]);
    await world.run(file(GOOD_ROW), 'apply', ['HT'], { mapping });
    const next_month = await world.run(file(GOOD_ROW, other(2)));
    expect([next_month.file_problems, next_month.created, next_month.unchanged]).toEqual([[], 1, 1]);
    expect(next_month.columns.every(({ by }) => by === 'remembered')).toBe(true);
    const elsewhere = await world.run(file(GOOD_ROW), 'preview', ['DS']);
    expect(elsewhere.file_problems).not.toEqual([]);
  });

  test('may leave a column out, and is refused for a column that is not there', async () => {
    const left_out = await world.run(register([GOOD_ROW]), 'preview', ['HT'], { mapping: { range_m: null } });
    expect(left_out.columns.find(({ heading }) => heading === 'range_m')).toMatchObject({ field: null });
    const wrong = await world.run(register([GOOD_ROW]), 'preview', ['HT'], { mapping: { ZZ: 'range_m' } });
    expect(wrong.file_problems.map(({ code }) => code)).toEqual(['CSV_MAPPING_UNKNOWN']);
  });
});

describe('rows', () => {
  test('that are the same in every cell are one, with a notice; that differ are a problem', async () => {
    const report = await world.run(register([GOOD_ROW, GOOD_ROW, { ...GOOD_ROW, range_m: '41' }]));
    expect(codes(report.notices)).toEqual([[3, 'CSV_ROW_REPEATED']]);
    expect(problemsIn(report)).toEqual([[4, 'camera_code', 'CSV_CAMERA_TWICE']]);
    expect(report.created).toBe(1);
  });

  test('are all written or none, where that was chosen', async () => {
    const rows = [GOOD_ROW, other(2, { latitude: 'xa' })];
    const options = { rows_choice: 'all_or_nothing' } as const;
    const none = await world.run(register(rows), 'apply', ['HT'], options);
    expect([none.is_applied, none.rejected]).toEqual([false, 1]);
    expect(await world.store.cameras.byCode('HG-01')).toBeNull();
    const all = await world.run(register([GOOD_ROW, other(2)]), 'apply', ['HT'], options);
    expect([all.is_applied, all.created]).toEqual([true, 2]);
  });

  test('with a formula give its saved value with a notice, and one that failed is a problem', async () => {
    const cells = new Map([
      [`1,${FIELDS.indexOf('range_m')}`, { formula: 'A1*2', formulaResult: 55 }],
      [`2,${FIELDS.indexOf('camera_name')}`, { formula: 'VLOOKUP(1)' }],
    ]);
    const rows = [HEADINGS, cellsOf(GOOD_ROW), cellsOf({ ...other(2), camera_name: '' })];
    const report = await world.run(await workbook({ name: 'S', rows, cells }));
    expect(codes(report.notices)).toEqual([[2, 'CSV_COLUMN_FORMULAS']]);
    expect(problemsIn(report)).toEqual([[3, 'camera_name', 'CSV_CELL_FORMULA_ERROR']]);
    expect((await world.store.cameras.byCode('HG-01'))!.range_m).toBe(55);
  });

  test('say a day by its serial number as well', async () => {
    const row = FIELDS.map((name) => (name === 'agreement_valid_from' ? 46_082 : (GOOD_ROW[name] ?? '')));
    const report = await world.run(await workbook({ name: 'S', rows: [HEADINGS, row] }));
    expect(report.created).toBe(1);
    const { id } = (await world.store.cameras.byCode('HG-01'))!;
    const [agreement] = await world.store.agreements.ofCamera(id);
    expect(agreement!.valid_from_ms).toBe(Date.parse('2026-03-01T00:00:00+07:00'));
  });

  test('may say the place in one cell; both ways must agree', async () => {
    const { latitude: _, longitude: __, ...bare } = GOOD_ROW;
    const place = { coordinates: '19,8067; 105,7768' };
    expect((await world.run(register([{ ...bare, ...place }]))).created).toBe(1);
    expect((await world.run(register([{ ...GOOD_ROW, ...place }]))).unchanged).toBe(1);
    const apart = await world.run(register([{ ...GOOD_ROW, coordinates: '19.81, 105.7768' }]));
    expect(problemsIn(apart)).toEqual([[2, 'coordinates', 'CSV_COORDINATES_DISAGREE']]);
    const nowhere = await world.run(register([{ ...bare, coordinates: '' }]));
    expect(problemsIn(nowhere)).toEqual([[2, 'coordinates', 'CSV_CELL_MISSING']]);
  });
});
