import { describe, expect, it } from 'vitest';
import { checkFragment, checkSampleTables } from './table-guard.ts';

const SIZE_BYTES = 10_000_000;
const TOO_MANY = 'its index tells of more frames than it can have';

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeUInt32BE(value, index * 4);
  });
  return bytes;
}

function box(name: string, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  return Buffer.concat([words(8 + bytes.length), Buffer.from(name, 'latin1'), bytes]);
}

/** The content of a `moov` with this table in it. */
const withTable = (...tables: readonly Buffer[]) =>
  box('trak', box('mdia', box('minf', box('stbl', box('stsd'), ...tables))));

describe('tables of an index', () => {
  it.each<[string, Buffer]>([
    ['times of frames', box('stts', words(0, 2, 90_000, 3600, 1, 40))],
    ['orders of frames', box('ctts', words(0, 1, 90_000, 40))],
    ['sizes of frames', box('stsz', words(0, 0, 2, 500, 600))],
    ['frames of one size', box('stsz', words(0, 10, 900_000))],
    ['chunks', box('stsc', words(0, 2, 1, 25, 1, 7, 12, 1))],
    ['a table that says more than it holds', box('stts', words(0, 0xffff_ffff, 10, 40))],
    ['an empty table', box('stts')],
    [
      'a box that reaches too far',
      Buffer.concat([words(0x7fff_ffff), Buffer.from('stts'), words(0, 1, 9, 1)]),
    ],
  ])('pass with honest %s', (_, table) => {
    checkSampleTables(withTable(table), SIZE_BYTES);
  });

  it.each<[string, Buffer]>([
    ['times', box('stts', words(0, 1, 0xffff_ffff, 40))],
    ['times, one after the other', box('stts', words(0, 2, 5_000_000, 40, 5_000_001, 40))],
    ['orders', box('ctts', words(0, 1, 0x7fff_ffff, 40))],
    ['sizes', box('stsz', words(0, 1, 0xffff_ffff))],
    ['frames in a chunk', box('stsc', words(0, 1, 1, 0x1010_000a, 1))],
  ])('are refused for %s without end', (_, table) => {
    expect(() => checkSampleTables(withTable(table), SIZE_BYTES)).toThrow(TOO_MANY);
  });

  it('pass with an hour of plain sound, of which every sample counts as a frame', () => {
    const samples = 3600 * 48_000;
    const sound = [
      box('stts', words(0, 1, samples, 1)),
      box('stsz', words(0, 2, samples)),
      box('stsc', words(0, 1, 1, 480_000, 1)),
    ];
    checkSampleTables(withTable(...sound), 2 * samples);
    expect(() => checkSampleTables(withTable(...sound), samples - 1)).toThrow(TOO_MANY);
    const mixed = [...sound, box('stsz', words(0, 0, 1, 9))];
    expect(() => checkSampleTables(withTable(...mixed), 2 * samples)).toThrow(TOO_MANY);
  });

  it('are refused for more frames than the file has bytes', () => {
    const table = withTable(box('stts', words(0, 1, 2_000, 40)));
    expect(() => checkSampleTables(table, 1_999)).toThrow(TOO_MANY);
    checkSampleTables(table, 2_000);
  });
});

describe('a fragment', () => {
  const fragment = (...counts: readonly number[]) =>
    Buffer.concat([
      box('mfhd', words(0, 1)),
      box('traf', box('tfhd', words(0, 1)), ...counts.map((count) => box('trun', words(0, count)))),
    ]);

  it('passes with honest runs', () => {
    checkFragment(fragment(25, 25, 50), SIZE_BYTES);
    checkFragment(Buffer.alloc(0), SIZE_BYTES);
  });

  it('is refused for more frames than anybody holds in memory, together too', () => {
    expect(() => checkFragment(fragment(0xcb3f_69f2), SIZE_BYTES)).toThrow(TOO_MANY);
    expect(() => checkFragment(fragment(150_000, 150_000), SIZE_BYTES)).toThrow(TOO_MANY);
    expect(() => checkFragment(fragment(600), 500)).toThrow(TOO_MANY);
  });
});
