import { isCoded } from '@minhchung/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CellValue, readTableFile, writeCsv, writeXlsx } from '../src/index.ts';
import { readWorkbook } from '../src/xlsx/read-workbook.ts';
import { rawParts, sheetXml, zip } from './zip.ts';

type Rows = readonly (readonly CellValue[])[];

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

const WRITERS = {
  csv: (rows: Rows) => writeCsv(rows),
  xlsx: (rows: Rows) => writeXlsx(rows, { sheet_name: 'Danh sách' }),
};

/** Without the thread: its start would be most of the time. */
const READERS = { csv: readTableFile, xlsx: readWorkbook };

const HOSTILE = [
  '=1+1',
  '+84 912',
  '-x',
  '@SUM(A1)',
  '\tx',
  '\rx',
  "'=x",
  "''=x",
  '＝1',
  '=cmd|"/c calc"!A1',
  '"',
  ';',
];
const cell = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('Đông Vệ', 'a\nb', 'x;y,z\tq', "O'Brien"),
);

describe.each(['csv', 'xlsx'] as const)('writing %s', { timeout: 120_000 }, (format) => {
  test('and reading gives every text back, however hostile', async () => {
    const texts = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(texts, async (rows) => {
        const framed = rows.map((row) => ['k', ...row.map(writable), 'k']);
        const read = (await READERS[format](await bytesOf(WRITERS[format](framed)))).sheets[0]!;
        const texts_of = (row: readonly CellValue[]) => row.map((value) => lines(String(value ?? '')));
        expect(read.rows.map(({ cells }) => texts_of(cells))).toEqual(framed.map(texts_of));
      }),
      { numRuns: 100 },
    );
  });

  test('never leaves a cell that a spreadsheet would run', async () => {
    const bytes = await bytesOf(WRITERS[format](HOSTILE.map((text) => [text])));
    if (format === 'csv') {
      for (const line of bytes.toString().replace('\ufeff', '').split('\r\n')) {
        expect(line).not.toMatch(/^"?[=+\-@\t\r]/);
      }
      return;
    }
    const { readXlsx } = await import('hucre');
    const [sheet] = (await readXlsx(bytes)).sheets;
    expect(sheet!.cells?.size ?? 0).toBe(0);
    for (const row of sheet!.rows) expect(String(row[0])).not.toMatch(/^[=+\-@\t\r]/);
  });

  test('keeps numbers as numbers, to the last digit', async () => {
    const numbers = [19.806_600_000_000_003, -105.7, 0, 1e-7, 40];
    const read = (await readTableFile(await bytesOf(WRITERS[format]([['a', ...numbers]])))).sheets[0]!;
    expect(read.rows[0]!.cells.slice(1).map((value) => Number(String(value).replace(',', '.')))).toEqual(
      numbers,
    );
  });
});

/** XML and CSV readers give every line break as one, and a carriage return is one of them. */
function lines(text: string): string {
  return text.replace(/\r\n?/g, '\n').normalize('NFC');
}

/** What no file format can hold is dropped when it is written. */
function writable(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu, '').replace(/^\s+$/, '');
}

test('200,000 rows are written piece by piece', async () => {
  let asked = 0;
  let asked_at_first_piece = 0;
  function* rows() {
    for (; asked < 200_000; asked += 1) yield [asked, 'Ngã tư'];
  }
  for await (const piece of writeCsv(rows())) {
    if (asked_at_first_piece === 0 && piece.length > 0) asked_at_first_piece = asked;
  }
  expect([asked, asked_at_first_piece < 1_000]).toEqual([200_000, true]);
});

describe('whatever the bytes, reading ends in rows or in a coded error', { timeout: 120_000 }, () => {
  const answers = async (bytes: Uint8Array) => {
    try {
      return (await readTableFile(bytes)).sheets.length >= 0;
    } catch (error) {
      if (isCoded(error)) return true;
      throw error;
    }
  };

  test('of any text or bytes', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
      fc
        .array(fc.constantFrom('"', ';', ',', '\n', '\r', 'a', '\t', 'ế', '""'), { maxLength: 60 })
        .map((parts) => {
          return Buffer.from(parts.join(''));
        }),
    );
    await fc.assert(fc.asyncProperty(bytes, answers), { numRuns: 400 });
  });

  test('of a workbook with bytes changed, or cut short', async () => {
    const whole = zip(rawParts(sheetXml('<row r="1"><c r="A1" t="inlineStr"><is><t>Mã</t></is></c></row>')));
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    const broken = fc.tuple(fc.array(change, { maxLength: 4 }), fc.integer({ min: 30, max: whole.length }));
    await fc.assert(
      fc.asyncProperty(broken, async ([changes, length]) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        return answers(bytes.subarray(0, length));
      }),
      { numRuns: 40 },
    );
  });
});
