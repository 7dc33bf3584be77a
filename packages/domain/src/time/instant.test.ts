import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant, rfc3339 } from './instant.ts';

const instant = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(9999, 11, 31) });

describe('parseInstant', () => {
  it('reads zones', () => {
    const expected = Date.UTC(2026, 10, 22, 15, 4, 5);
    expect(parseInstant('2026-11-22T15:04:05Z')).toBe(expected);
    expect(parseInstant('2026-11-22T22:04:05+07:00')).toBe(expected);
    expect(parseInstant('2026-11-22T10:34:05.000-04:30')).toBe(expected);
  });
  it('keeps milliseconds and cuts off finer digits', () => {
    expect(parseInstant('2026-11-22T15:04:05.9999Z')).toBe(Date.UTC(2026, 10, 22, 15, 4, 5, 999));
    expect(parseInstant('2026-11-22T15:04:05.5Z')).toBe(Date.UTC(2026, 10, 22, 15, 4, 5, 500));
  });
  it.each([
    ['no zone', '2026-11-22T15:04:05'],
    ['month 13', '2485-13-13T18:14:13Z'],
    ['30 February', '2026-02-30T00:00:00Z'],
    ['29 February of a common year', '2100-02-29T00:00:00Z'],
    ['hour 24', '2026-11-22T24:00:00Z'],
    ['second 60', '2026-12-31T23:59:60Z'],
    ['an impossible zone', '2026-11-22T15:04:05+24:00'],
    ['a space for the T', '2026-11-22 15:04:05Z'],
    ['trailing text', '2026-11-22T15:04:05Zx'],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(() => parseInstant(text)).toThrow(expect.objectContaining({ code: 'TIME_INVALID' }));
  });
  it('reads back every instant it wrote', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        expect(parseInstant(rfc3339(ms))).toBe(ms);
      }),
    );
  });
});

describe('rfc3339', () => {
  it('refuses an instant that four digits of year cannot hold', () => {
    expect(() => rfc3339(Number.NaN)).toThrow(expect.objectContaining({ code: 'TIME_INVALID' }));
    expect(() => rfc3339(Date.UTC(10_000, 0, 1))).toThrow(expect.objectContaining({ code: 'TIME_INVALID' }));
  });
});
