import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCanonicalJson, type Json, parseCanonicalJson } from './canonical-json.ts';
import { FormatError } from './format-error.ts';

const BYTES_MAX = 10_000;

function encodeText(value: Json): string {
  return new TextDecoder().decode(encodeCanonicalJson(value));
}

function parseText(text: string): Json {
  return parseCanonicalJson(new TextEncoder().encode(text), BYTES_MAX);
}

describe('canonical JSON', () => {
  it('prints numbers as RFC 8785 3.2.2.3 demands', () => {
    const numbers = [
      Number('333333333.33333329'),
      1e30,
      4.5,
      2e-3,
      1e-27,
      -0,
      5e-324,
      1.7976931348623157e308,
    ];
    expect(encodeText(numbers)).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0,5e-324,1.7976931348623157e+308]',
    );
  });

  it('escapes strings as RFC 8785 3.2.2.2 demands', () => {
    const text = `€$${String.fromCharCode(0x0f, 0x0a)}A'B"\\"/`;
    expect(encodeText(text)).toBe(String.raw`"€$\u000f\nA'B\"\\\"/"`);
  });

  it('sorts members by UTF-16 code units, as the example of RFC 8785 3.2.3', () => {
    const keys = ['€', '\r', '\ufb33', '1', '😀', '\u0080', 'ö'];
    const object = Object.fromEntries(keys.map((key) => [key, null]));
    expect(Object.keys(JSON.parse(encodeText(object)))).toEqual([
      '1',
      '\r',
      '\u0080',
      'ö',
      '€',
      '😀',
      '\ufb33',
    ]);
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const bytes = encodeCanonicalJson(value as Json);
        expect(encodeCanonicalJson(parseCanonicalJson(bytes, 1_000_000))).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['white space', '{"a": 1}'],
    ['a final line feed', '{"a":1}\n'],
    ['members out of order', '{"b":1,"a":2}'],
    ['a doubled member', '{"a":1,"a":1}'],
    ['another form of a number', '[1.0]'],
    ['minus zero', '[-0]'],
    ['digits that would be lost', '[9007199254740993]'],
    ['an escape that is not needed', String.raw`["\u0041"]`],
    ['an escape in upper case', String.raw`["\u000F"]`],
    ['a byte order mark', '\uFEFF[]'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(() => parseText(text)).toThrow(FormatError);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseCanonicalJson(Uint8Array.of(0x22, 0xff, 0x22), BYTES_MAX)).toThrow(FormatError);
  });

  it('refuses a lone surrogate', () => {
    expect(() => encodeCanonicalJson('\ud800')).toThrow(FormatError);
    expect(() => parseText(String.raw`"\ud800"`)).toThrow(FormatError);
  });

  it('refuses what is nested too deep before the stack ends', () => {
    expect(() => parseText('['.repeat(4000) + ']'.repeat(4000))).toThrow(/nested deeper/);
  });

  it('refuses more bytes than allowed', () => {
    expect(() => parseCanonicalJson(new TextEncoder().encode('[1,2,3]'), 6)).toThrow(/longer than 6/);
  });
});
