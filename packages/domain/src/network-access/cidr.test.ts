import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, formatCidr, isWithin, parseCidr } from './cidr.ts';
import { formatIpAddress, parseIpAddress } from './ip-address.ts';

const address = fc.oneof(
  fc.ipV4().map((text) => parseIpAddress(text)!),
  fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 16, maxLength: 16 }).map((bytes) => ({
    family: 6 as const,
    bytes,
  })),
);

describe('blocks of addresses', () => {
  it.each([
    ['192.168.1.20/24', '192.168.1.0/24'],
    ['10.0.0.5', '10.0.0.5/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['FD00::/8', 'fd00::/8'],
    ['2001:DB8::1:0:0:1/64', '2001:db8::/64'],
    ['::1', '::1/128'],
  ])('reads %s as %s', (text, expected) => {
    expect(formatCidr(parseCidr(text)!)).toBe(expected);
  });

  it.each([
    '10.0.0.0/33',
    '::/129',
    '10.0.0.0/08',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '10/8',
    'a/8',
    '1.2.3.4/24/8',
  ])('does not read %s', (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  it('writes every address so that it is read as the same one', () => {
    fc.assert(
      fc.property(address, (ip) => {
        expect(parseIpAddress(formatIpAddress(ip))).toEqual(ip);
      }),
    );
  });

  it('contains exactly what shares its first bits', () => {
    fc.assert(
      fc.property(address, address, fc.nat(128), (base, other, bits) => {
        const prefix_bits = Math.min(bits, base.bytes.length * 8);
        const cidr = parseCidr(`${formatIpAddress(base)}/${prefix_bits}`)!;
        const bitsOf = (bytes: readonly number[]) =>
          bytes
            .map((byte) => byte.toString(2).padStart(8, '0'))
            .join('')
            .slice(0, prefix_bits);
        const is_inside = base.family === other.family && bitsOf(base.bytes) === bitsOf(other.bytes);
        expect(contains(cidr, base)).toBe(true);
        expect(contains(cidr, other)).toBe(is_inside);
      }),
    );
  });

  it('knows which block lies within which', () => {
    expect(isWithin(parseCidr('127.0.0.1/32')!, parseCidr('127.0.0.0/8')!)).toBe(true);
    expect(isWithin(parseCidr('0.0.0.0/0')!, parseCidr('127.0.0.0/8')!)).toBe(false);
  });
});
