import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from './format-error.ts';
import { encodeSha256Sums, parseSha256Sums } from './sha256sums.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);

function parseText(text: string) {
  return parseSha256Sums(new TextEncoder().encode(text));
}

describe('SHA256SUMS', () => {
  it('is sorted by name and written as sha256sum writes it', () => {
    const files = [
      { name: 'b.mp4', sha256: B },
      { name: 'a.mp4', sha256: A },
    ];
    expect(new TextDecoder().decode(encodeSha256Sums(files))).toBe(`${A}  a.mp4\n${B}  b.mp4\n`);
  });

  it('accepts no other bytes than the ones it would write itself', () => {
    const original = encodeSha256Sums([
      { name: 'VERIFY.md', sha256: A },
      { name: 'native/x.mp4', sha256: B },
    ]);
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
        const bytes = Uint8Array.from(original);
        bytes[position]! ^= change;
        let files: ReturnType<typeof parseSha256Sums>;
        try {
          files = parseSha256Sums(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          return;
        }
        expect(encodeSha256Sums(files)).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['an unended last line', `${A}  a`],
    ['an empty line', `${A}  a\n\n`],
    ['the mark of binary mode', `${A} *a\n`],
    ['a hash in upper case', `${A.toUpperCase()}  a\n`],
    ['carriage returns', `${A}  a\r\n`],
    ['names out of order', `${A}  b\n${A}  a\n`],
    ['a name twice', `${A}  a\n${A}  a\n`],
    ['names that differ in case only', `${A}  A\n${A}  a\n`],
    ['a path that climbs', `${A}  ../a\n`],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(() => parseText(text)).toThrow(FormatError);
  });
});
