import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  annexBNalUnits,
  joinLengthPrefixed,
  lengthPrefixedNalUnits,
  withoutEmulationPrevention,
} from './nal-units.ts';

/** A unit as an encoder makes it: no start code inside, no zero byte at the end. */
const unit = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  .map((bytes) => Uint8Array.from([...bytes.map((byte) => (byte === 0 ? 9 : byte)), 0x80]));

describe('NAL units', () => {
  it('come out of a byte stream as they went in, without its zero bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, fc.nat(3), fc.boolean()), { minLength: 1 }), (parts) => {
        const stream = parts.flatMap(([bytes, trailing_zeros, long_code]) => [
          ...(long_code ? [0, 0, 0, 1] : [0, 0, 1]),
          ...bytes,
          ...new Array<number>(trailing_zeros).fill(0),
        ]);
        const units = [...annexBNalUnits(Uint8Array.from(stream))];
        expect(units).toEqual(parts.map(([bytes]) => bytes));
      }),
    );
  });

  it('survive being put behind lengths and taken out again', () => {
    fc.assert(
      fc.property(fc.array(unit), (units) => {
        expect([...lengthPrefixedNalUnits(joinLengthPrefixed(units))]).toEqual(units);
      }),
    );
  });

  it('are cut short by a length beyond the end, without harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (bytes, length_size) => {
        const total = [...lengthPrefixedNalUnits(bytes, length_size)].reduce((sum, u) => sum + u.length, 0);
        expect(total).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });

  it('lose their emulation prevention bytes and nothing else', () => {
    const coded = Uint8Array.of(6, 0, 0, 3, 1, 0, 0, 3, 0, 0, 3, 3);
    expect([...withoutEmulationPrevention(coded)]).toEqual([6, 0, 0, 1, 0, 0, 0, 0, 3]);
  });
});
