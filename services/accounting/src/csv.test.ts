import { expect, test } from 'vitest';
import { type CsvCell, csvFile } from './csv.ts';

async function cell(value: CsvCell): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of csvFile(['x'], [[value]])) chunks.push(chunk);
  return new TextDecoder('utf-8', { ignoreBOM: true })
    .decode(Buffer.concat(chunks))
    .slice('\uFEFFx\r\n'.length, -2);
}

test.each([
  ['=1+1', "'=1+1"],
  ['+84 912', "'+84 912"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['  =1', "'  =1"],
  ['\t=1', "'\t=1"],
  ['＝1', "'＝1"],
  ['\r=1', '"\'\r=1"'],
])('text that a spreadsheet would run, %j, is only shown', async (value, expected) => {
  expect(await cell(value)).toBe(expected);
});

test('numbers stay numbers, negative ones too', async () => {
  expect(await cell(-5)).toBe('-5');
  expect(await cell(null)).toBe('');
});

test('separators, quotes and line breaks are quoted', async () => {
  expect(await cell('a,b')).toBe('"a,b"');
  expect(await cell('a;b')).toBe('"a;b"');
  expect(await cell('nói "xong"\n')).toBe('"nói ""xong""\n"');
});
