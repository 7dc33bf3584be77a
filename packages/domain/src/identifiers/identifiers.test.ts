import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCode, isCode } from './code.ts';
import { isId, makeId, timeOfId_ms } from './id.ts';
import { formatRequestNumber, parseRequestNumber } from './request-number.ts';

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const random = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('ids', () => {
  it('are written as the layout says', () => {
    expect(makeId(0, new Uint8Array(10))).toBe('00000000000000000000000000');
    expect(makeId(2 ** 48 - 1, new Uint8Array(10).fill(255))).toBe('7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
    expect(makeId(1_469_918_176_385, new Uint8Array(10))).toBe('01ARYZ6S410000000000000000');
  });
  it('tell their time and nothing is lost of the random bits', () => {
    fc.assert(
      fc.property(time, random, random, (now_ms, a, b) => {
        const id = makeId(now_ms, a);
        expect(isId(id)).toBe(true);
        expect(timeOfId_ms(id)).toBe(now_ms);
        expect(makeId(now_ms, b) === id).toBe(a.every((byte, i) => byte === b[i]));
      }),
    );
  });
  it('sort by time as text', () => {
    fc.assert(
      fc.property(time, time, random, random, (t1, t2, a, b) => {
        fc.pre(t1 !== t2);
        expect(makeId(t1, a) < makeId(t2, b)).toBe(t1 < t2);
      }),
    );
  });
  it.each([
    '',
    '01ARYZ6S41000000000000000',
    '81ARYZ6S410000000000000000',
    '01ARYZ6S41000000000000000U',
    '../etc/passwd',
  ])('are not recognised in "%s"', (text) => {
    expect(isId(text)).toBe(false);
    expect(() => timeOfId_ms(text)).toThrow(expect.objectContaining({ code: 'IDENTIFIER_INVALID' }));
  });
  it('are not made of a wrong time or too little chance', () => {
    expect(() => makeId(-1, new Uint8Array(10))).toThrow(
      expect.objectContaining({ code: 'IDENTIFIER_INVALID' }),
    );
    expect(() => makeId(0, new Uint8Array(9))).toThrow(
      expect.objectContaining({ code: 'IDENTIFIER_INVALID' }),
    );
  });
});

describe('codes', () => {
  it.each(['P01', 'cam-3.a', 'TH_01'])('accept "%s"', (text) => expect(checkCode(text)).toBe(text));
  it.each(['', '-a', 'a-', 'a--b', '..', 'a/b', 'Đông', 'a b', 'a\n', 'x'.repeat(41)])(
    'refuse "%s"',
    (text) => {
      expect(isCode(text)).toBe(false);
      expect(() => checkCode(text)).toThrow(expect.objectContaining({ code: 'CODE_INVALID' }));
    },
  );
});

describe('request numbers', () => {
  it('are printed with six digits', () => {
    expect(formatRequestNumber({ year: 2026, unit_code: 'P01', sequence: 123 })).toBe('TX-2026-P01-000123');
  });
  it('are read back as they were written, also with dashes in the code of the unit', () => {
    const code = fc.constantFrom('P01', 'TH-34', 'a-000123', 'x.y_z');
    fc.assert(
      fc.property(
        fc.integer({ min: 2000, max: 2100 }),
        code,
        fc.integer({ min: 1, max: 999_999_999 }),
        (year, unit_code, sequence) => {
          const number = { year, unit_code, sequence };
          expect(parseRequestNumber(formatRequestNumber(number))).toEqual(number);
        },
      ),
    );
  });
  it.each([
    'TX-2026-P01-123',
    'TX-2026-P01-000000',
    'TX-2026-P01-0000123',
    'TX-26-P01-000123',
    'TX-2026--000123',
    'tx-2026-P01-000001',
    'TX-2026-P/1-000001',
    '',
  ])('have one spelling: "%s" is refused', (text) => {
    expect(() => parseRequestNumber(text)).toThrow(
      expect.objectContaining({ code: 'REQUEST_NUMBER_INVALID' }),
    );
  });
  it('refuse parts that make no number', () => {
    for (const wrong of [{ sequence: 0 }, { sequence: 1.5 }, { unit_code: 'a b' }, { year: 26 }]) {
      expect(() => formatRequestNumber({ year: 2026, unit_code: 'P01', sequence: 1, ...wrong })).toThrow(
        expect.objectContaining({ code: 'REQUEST_NUMBER_INVALID' }),
      );
    }
  });
});
