import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFoundBy, queryWords, searchWords } from './search-words.ts';

describe('the words something is found by', () => {
  it('are folded, one by one, and codes also in one piece', () => {
    expect(searchWords(['TH-HT-012', 'Ngã tư Đông Vệ', null, undefined])).toEqual([
      'thht012',
      'th',
      'ht',
      '012',
      'nga',
      'tu',
      'dong',
      've',
    ]);
  });
  it.each([
    ['dong ve', true],
    ['ĐÔNG v', true],
    ['ve dong', true],
    ['thht', true],
    ['th-ht-01', true],
    ['ht 012 nga', true],
    ['ong', false],
    ['dong vu', false],
    ['', true],
    ['!!!', true],
  ])('“%s” typed: %s', (query, is_found) => {
    expect(isFoundBy(searchWords(['TH-HT-012', 'Ngã tư Đông Vệ']), query)).toBe(is_found);
  });
  it('do not depend on how Unicode writes the accents', () => {
    expect(searchWords(['Đông Vệ'.normalize('NFD')])).toEqual(searchWords(['Đông Vệ'.normalize('NFC')]));
  });
  it('are limited in number and length, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 300, unit: 'grapheme' }), { maxLength: 50 }), (texts) => {
        const words = searchWords(texts);
        expect(words.length).toBeLessThanOrEqual(64);
        expect(words.every((word) => word.length > 0 && word.length <= 40 && !word.includes('\0'))).toBe(
          true,
        );
      }),
    );
  });
  it('find a thing by the beginning of any word it is written with', () => {
    const word = fc.stringMatching(/^[a-zà-ỹđ]{1,10}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.nat(),
        (texts, which, length) => {
          const chosen = texts[which % texts.length]!;
          const typed = chosen.slice(0, 1 + (length % chosen.length));
          expect(isFoundBy(searchWords([texts.join(' ')]), typed)).toBe(true);
        },
      ),
    );
  });
});

describe('the words typed', () => {
  it('are the longest first, each once, and not more than matter', () => {
    expect(queryWords('ve Đông đông nguyễn')).toEqual(['nguyen', 'dong', 've']);
    expect(queryWords('a b c d e f g h')).toHaveLength(6);
  });
});
