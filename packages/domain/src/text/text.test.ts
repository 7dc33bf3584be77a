import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldVietnamese, matchesSearch } from './fold.ts';
import { editDistance, nearestName } from './nearest-name.ts';

const VIETNAMESE =
  'aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵ';
const vietnamese = fc.string({ unit: fc.constantFrom(...VIETNAMESE, ...VIETNAMESE.toUpperCase(), ' ') });
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });

describe('foldVietnamese', () => {
  it('finds "Đông Vệ" by "dong ve"', () => {
    expect(foldVietnamese('  Phường  ĐÔNG Vệ ')).toBe('phuong dong ve');
    expect(matchesSearch('Phường Đông Vệ, Thanh Hoá', 'dong ve')).toBe(true);
    expect(matchesSearch('Phường Đông Vệ, Thanh Hoá', 've thanh')).toBe(true);
    expect(matchesSearch('Phường Đông Sơn', 'dong ve')).toBe(false);
  });
  it('leaves only plain letters of any Vietnamese text, composed or not', () => {
    fc.assert(
      fc.property(vietnamese, (text) => {
        const folded = foldVietnamese(text.normalize('NFC'));
        expect(folded).toMatch(/^[a-z ]*$/);
        expect(foldVietnamese(text.normalize('NFD'))).toBe(folded);
        expect(foldVietnamese(folded)).toBe(folded);
      }),
    );
  });
});

describe('nearestName', () => {
  const names = ['listen_port', 'listen_host', 'data_directory'] as const;
  it('suggests what was meant', () => {
    expect(nearestName('listen_prot', names)).toBe('listen_port');
    expect(nearestName('Data_Directry', names)).toBe('data_directory');
    expect(nearestName('ten', ['tên', 'mã'])).toBe('tên');
  });
  it('suggests nothing when nothing is near', () => {
    expect(nearestName('password', names)).toBeNull();
    expect(nearestName('x', [])).toBeNull();
  });
});

describe('editDistance', () => {
  it('counts an exchange of neighbours as one mistake', () => {
    expect(editDistance('prot', 'port')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
  });
  it('is symmetric, zero only for equal words, and at most the longer length', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});
