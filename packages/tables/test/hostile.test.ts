import { isCoded } from '@minhchung/domain';
import { describe, expect, test } from 'vitest';
import { readTableFile } from '../src/index.ts';
import { workbook } from './workbook.ts';
import { rawParts, sheetXml, zip } from './zip.ts';

async function codeOf(bytes: Uint8Array): Promise<string> {
  try {
    await readTableFile(bytes);
    return 'read';
  } catch (error) {
    return isCoded(error) ? error.code : String(error);
  }
}

const ascii = (text: string) => Buffer.from(text, 'latin1');
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const good = rawParts(sheetXml('<row r="1"><c r="A1"><v>1</v></c></row>'));

describe('a file that is no table', () => {
  test.each<[string, Uint8Array, string]>([
    ['a workbook of old Excel', Buffer.concat([OLE, Buffer.alloc(600)]), 'TABLE_LEGACY_XLS'],
    [
      'a workbook with a password',
      Buffer.concat([OLE, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
      'TABLE_ENCRYPTED',
    ],
    ['a workbook with macros', zip([...good, { name: 'xl/vbaProject.bin', content: 'x' }]), 'TABLE_MACROS'],
    ['a ZIP with a password', zip([{ name: 'xl/workbook.xml', content: 'x', flags: 1 }]), 'TABLE_ENCRYPTED'],
    ['a Word document', zip([{ name: 'word/document.xml', content: 'x' }]), 'TABLE_TYPE_UNSUPPORTED'],
    ['an OpenDocument table', zip([{ name: 'content.xml', content: 'x' }]), 'TABLE_TYPE_UNSUPPORTED'],
    ['a binary workbook', zip([{ name: 'xl/workbook.bin', content: 'x' }]), 'TABLE_TYPE_UNSUPPORTED'],
    ['a PDF', ascii('%PDF-1.7\n…'), 'TABLE_TYPE_UNSUPPORTED'],
    ['a picture', ascii('\u0089PNG\r\n\u001a\n'), 'TABLE_TYPE_UNSUPPORTED'],
    ['a web page called .xls', ascii('<html><table><tr><td>1</td></tr></table>'), 'TABLE_TYPE_UNSUPPORTED'],
    ['bytes of no text', Buffer.from([0, 1, 2, 0xff, 0, 0xfe, 3, 0, 0, 0x80]), 'TABLE_TYPE_UNSUPPORTED'],
    ['half a ZIP', zip(good).subarray(0, 300), 'TABLE_UNREADABLE'],
    ['a file beyond the limit', Buffer.alloc(20_000_001, 'a'), 'TABLE_TOO_LARGE'],
  ])('%s is told apart by its content and says what to do', async (_what, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code);
  });

  test.each<[string, Uint8Array, string]>([
    // Danh sách camera, Mã camera: in the fonts .VnTime, and in the code page of Vietnamese Windows.
    ['TCVN3', Buffer.from([0x4d, 0xb7, 0x20, 0x63, 0x3b, 0xae, 0xb5, 0xa9, 0x0a, 0x31]), 'TCVN3'],
    ['Windows-1258', Buffer.from([0x4d, 0xe3, 0x20, 0xf0, 0xf4, 0xec, 0x3b, 0xea, 0x0a, 0x31]), '1258'],
  ])('text in %s is refused, with how to make it Unicode', async (_what, bytes, guess) => {
    const error = await readTableFile(bytes).catch((one) => one);
    expect(isCoded(error, 'TABLE_ENCODING') && error.texts.vi).toContain(guess);
  });
});

describe('a hostile workbook', () => {
  test.each<[string, Uint8Array, string]>([
    ['unpacking to a thousand times its size', zip(rawParts(`${' '.repeat(5_000_000)}`)), 'TABLE_SUSPICIOUS'],
    [
      'claiming to be larger than the limit',
      zip([...good, { name: 'xl/media/a.bin', content: 'x', claimed_bytes: 2_000_000_000 }]),
      'TABLE_TOO_LARGE',
    ],
    ['whose entries share their bytes', zip(good, { overlapping: true }), 'TABLE_SUSPICIOUS'],
    [
      'with an entry that leads out',
      zip([...good, { name: '../../etc/x', content: 'x' }]),
      'TABLE_SUSPICIOUS',
    ],
    ['with an entry twice', zip([...good, { name: 'XL/workbook.xml', content: 'x' }]), 'TABLE_SUSPICIOUS'],
    ['packed in a strange way', zip([...good, { name: 'a', content: 'x', method: 12 }]), 'TABLE_SUSPICIOUS'],
    [
      'of too many entries',
      zip([...good, ...Array.from({ length: 2_000 }, (_, n) => ({ name: `x${n}`, content: '' }))]),
      'TABLE_TOO_LARGE',
    ],
    [
      'with a cell in a column that no spreadsheet has',
      zip(rawParts(sheetXml('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>'))),
      'TABLE_UNREADABLE',
    ],
    [
      'with a cell in the last row',
      zip(rawParts(sheetXml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))),
      'TABLE_TOO_LARGE',
    ],
  ])('%s is refused', async (_what, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code);
  });

  test('that is larger than its directory says is not unpacked further', async () => {
    const large = sheetXml(
      `<row r="1"><c r="A1" t="inlineStr"><is><t>${'x'.repeat(900_000)}</t></is></c></row>`,
    );
    const parts = rawParts(large).map((part) =>
      part.name.endsWith('sheet1.xml') ? { ...part, claimed_bytes: 1_000 } : part,
    );
    expect(await codeOf(zip(parts))).toBe('TABLE_UNREADABLE');
  });

  test('with entities that multiply gives them back as they stand', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';
    const cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;&b;</t></is></c></row>';
    const file = await readTableFile(zip(rawParts(sheetXml(cell, bomb)))).catch(() => null);
    expect(JSON.stringify(file).length).toBeLessThan(400);
  });

  test('nested deeply ends in an answer', async () => {
    const deep = `${'<a>'.repeat(200_000)}${'</a>'.repeat(200_000)}`;
    const packed = zip(rawParts(sheetXml(deep)).map((part) => ({ ...part, method: 0 })));
    expect(['read', 'TABLE_UNREADABLE']).toContain(await codeOf(packed));
  });

  test('with a row of ten thousand cells does not cost more than the limit of cells', async () => {
    const wide = Array.from({ length: 300 }, () => Array.from({ length: 10_000 }, () => 1));
    expect(await codeOf(await workbook({ name: 'S', rows: wide }))).toBe('TABLE_TOO_LARGE');
  });

  test('does not stop the others: the next file is read', async () => {
    const hostile = zip(rawParts(sheetXml('<row><c r="ZZZZZ1"/></row>')));
    const answers = await Promise.all([hostile, hostile, hostile, zip(good)].map(codeOf));
    expect(answers.at(-1)).toBe('read');
  });

  test('is given up when nobody waits for it any more', async () => {
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(readTableFile(zip(good), { signal })).rejects.toThrow('gone');
  });
});
