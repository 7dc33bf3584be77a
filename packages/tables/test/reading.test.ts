import { describe, expect, test } from 'vitest';
import { columnLetter, readTableFile } from '../src/index.ts';
import { workbook } from './workbook.ts';
import { rawParts, sheetXml, zip } from './zip.ts';

const csv = async (text: string | Uint8Array) =>
  (await readTableFile(Buffer.from(text as string))).sheets[0]!;

describe('a CSV', () => {
  test.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from('Mã;Tên\r\n1;Đông Vệ\r\n')],
    ['UTF-8 with mark, decomposed letters', Buffer.from(`\ufeff${'Mã;Tên\n1;Đông Vệ\n'.normalize('NFD')}`)],
    ['UTF-16 as "Unicode text" of Excel', Buffer.from('\ufeffMã\tTên\r\n1\tĐông Vệ\r\n', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\ufeffMã,Tên\r\n1,Đông Vệ\r\n', 'utf16le').swap16()],
    ['UTF-16 without mark', Buffer.from('Mã;Ten cua camera\n1;Đông Vệ ở đây\n', 'utf16le')],
  ])('in %s is read as composed text', async (_what, bytes) => {
    const { rows } = (await readTableFile(bytes)).sheets[0]!;
    expect(rows.map(({ row, cells }) => [row, cells[0]])).toEqual([
      [1, 'Mã'],
      [2, '1'],
    ]);
    expect(rows[1]!.cells[1]).toMatch(/^Đông Vệ/);
  });

  test('is separated by what most lines have, not by the commas of its title', async () => {
    const { rows } = await csv('DANH SÁCH, NĂM 2026, PHƯỜNG A, B, C\na;b;c\n19,8;105,7;x\n1,5;2,5;y\n');
    expect(rows.map(({ cells }) => cells.length)).toEqual([1, 3, 3, 3]);
  });

  test('may have line breaks in a quoted cell; rows are numbered as a spreadsheet shows them', async () => {
    const { rows, lost } = await csv('"Mã\nsố";b\n\nx;"1\n2"\ny;3\n');
    expect([rows.map(({ row }) => row), lost]).toEqual([[1, 3, 4], []]);
    expect(rows[1]!.cells).toEqual(['x', '1\n2']);
  });

  test('loses only the line with a stray quote or a broken byte', async () => {
    const { rows, lost } = await csv('a;b;c\n"1;2;3\n4;"5";6\n7;8;9\n');
    expect(rows.map(({ row }) => row)).toEqual([1, 3, 4]);
    expect(lost).toEqual([{ row: 2, reason: 'quote_broken' }]);
    const bytes = Buffer.from('a;b\nx;@\ny;z\n');
    bytes[bytes.indexOf('@')] = 0xe0;
    expect((await csv(bytes)).lost).toEqual([{ row: 2, reason: 'encoding' }]);
  });

  test('that is large is read beside the event loop, with the same result', async () => {
    const line = (n: number) => `${n};${'x'.repeat(200)};"a;b"\n`;
    const { rows } = await csv(Array.from({ length: 3_000 }, (_, n) => line(n)).join(''));
    expect(rows).toHaveLength(3_000);
    expect(rows[2_999]).toEqual({ row: 3_000, cells: ['2999', 'x'.repeat(200), 'a;b'] });
  });
});

describe('a workbook', () => {
  test('gives numbers as numbers, days as ISO text, and true row numbers', async () => {
    const day = new Date(Date.UTC(2026, 2, 1));
    const bytes = await workbook({
      name: 'S',
      rows: [['Ngày'.normalize('NFD'), 19.8067], [], [day, true, '0912']],
    });
    const [sheet] = (await readTableFile(bytes)).sheets;
    expect(sheet!.rows).toEqual([
      { row: 1, cells: ['Ngày', 19.8067] },
      { row: 3, cells: ['2026-03-01', 'TRUE', '0912'] },
    ]);
  });

  test('gives what a formula had when it was saved, marked; never computes one', async () => {
    const cells = new Map([
      ['0,0', { formula: '1+1', formulaResult: 7 }],
      ['0,1', { formula: 'HYPERLINK("http://x")' }],
    ]);
    const [sheet] = (await readTableFile(await workbook({ name: 'S', rows: [['', '', 'z']], cells }))).sheets;
    expect(sheet!.rows[0]!.cells).toEqual([7, null, 'z']);
    expect(sheet!.marks.map(({ column, kind }) => [column, kind])).toEqual([
      [0, 'formula'],
      [1, 'formula_without_value'],
    ]);
  });

  test('counts an error as an empty cell, marked', async () => {
    const xml = sheetXml('<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><v>2</v></c></row>');
    const [sheet] = (await readTableFile(zip(rawParts(xml)))).sheets;
    expect([sheet!.rows[0]!.cells, sheet!.marks]).toEqual([
      [null, 2],
      [{ row: 1, column: 0, kind: 'error' }],
    ]);
  });

  test('gives the value of a merged area to each of its rows, and only to rows that are there', async () => {
    const rows = [['Tiêu đề'], ['P01', 1], [null, 2], [null, 3]];
    const bytes = await workbook({
      name: 'S',
      rows,
      merges: [
        [1, 1, 1, 5],
        [2, 1, 9_999, 1],
      ],
    });
    const [sheet] = (await readTableFile(bytes)).sheets;
    expect(sheet!.rows.map(({ cells }) => cells[0])).toEqual(['Tiêu đề', 'P01', 'P01', 'P01']);
    expect(sheet!.marks.filter(({ kind }) => kind === 'merged')).toHaveLength(2);
    expect(sheet!.wide_rows.get(1)).toBe(5);
  });

  test('tells hidden sheets and links to other files', async () => {
    const bytes = await workbook({ name: 'A', rows: [[1]] }, { name: 'B', rows: [[2]], hidden: true });
    expect((await readTableFile(bytes)).sheets.map(({ is_hidden }) => is_hidden)).toEqual([false, true]);
    const link = { name: 'xl/externalLinks/externalLink1.xml', content: '<externalLink/>' };
    const linked = zip(rawParts(sheetXml('<row r="1"><c r="A1"><v>1</v></c></row>'), link));
    expect((await readTableFile(linked)).has_external_links).toBe(true);
  });
});

test('columns are named as spreadsheets name them', () => {
  expect([0, 25, 26, 51, 52, 701, 702, 16_383].map(columnLetter)).toEqual(
    'A Z AA AZ BA ZZ AAA XFD'.split(' '),
  );
});
