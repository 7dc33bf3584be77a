import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from './instant.ts';
import {
  formatVietnam,
  parseVietnam,
  rfc3339Vietnam,
  VIETNAM_ZONE,
  vietnamDay,
  vietnamMinuteOfDay,
  vietnamMonth,
  vietnamYear,
} from './vietnam-time.ts';

const instant = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2200, 0, 1) });
const noon = Date.UTC(2026, 10, 22, 8, 4, 5);

describe('Vietnam time', () => {
  it('is written day first', () => {
    expect(formatVietnam(noon)).toBe('22/11/2026 15:04:05');
    expect(formatVietnam(noon + 67, { with_ms: true })).toBe('22/11/2026 15:04:05.067');
    expect(rfc3339Vietnam(noon)).toBe('2026-11-22T15:04:05.000+07:00');
  });
  it('may be typed without seconds or leading zeros', () => {
    expect(parseVietnam(' 2/1/2026  7:05 ')).toBe(Date.UTC(2026, 0, 2, 0, 5));
    expect(parseVietnam('22/11/2026 15:04:05,5')).toBe(noon + 500);
  });
  it.each(['31/04/2026 10:00', '11/22/2026 10:00', '22/11/26 10:00', '22/11/2026', '22/11/2026 24:00', ''])(
    'refuses "%s"',
    (text) => {
      expect(() => parseVietnam(text)).toThrow(expect.objectContaining({ code: 'TIME_INVALID' }));
    },
  );
  it('decides year, month and day by the local calendar', () => {
    const new_year = Date.UTC(2026, 11, 31, 17);
    expect([vietnamYear(new_year - 1), vietnamYear(new_year)]).toEqual([2026, 2027]);
    expect([vietnamMonth(new_year - 1), vietnamMonth(new_year)]).toEqual(['2026-12', '2027-01']);
    expect([vietnamDay(new_year - 1), vietnamDay(new_year)]).toEqual(['2026-12-31', '2027-01-01']);
    expect([vietnamMinuteOfDay(new_year - 1), vietnamMinuteOfDay(new_year)]).toEqual([1439, 0]);
  });
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        expect(parseVietnam(formatVietnam(ms, { with_ms: true }))).toBe(ms);
        expect(parseInstant(rfc3339Vietnam(ms))).toBe(ms);
      }),
    );
  });
  it('agrees with the time zone database', () => {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: VIETNAM_ZONE,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(
      fc.property(instant, (ms) => {
        expect(formatVietnam(ms)).toBe(format.format(ms).replace(', ', ' '));
      }),
    );
  });
});
