import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vietnamMinuteOfDay } from '../time/vietnam-time.ts';
import type { Agreement } from '../vocabulary/network.ts';
import { consentFor, isWithinHours } from './consent.ts';

const DAY = 86_400_000;
/** 15:00 in Vietnam. */
const NOW = Date.UTC(2026, 10, 22, 8);
const household = { kind: 'household' } as const;
const wish = {
  span: { start_ms: NOW - 60_000, end_ms: NOW },
  purpose: 'incident',
  has_lawful_order: false,
};

function agreement(change: Partial<Agreement> = {}): Agreement {
  return {
    id: 'a',
    camera_id: 'c',
    mode: 'automatic',
    purposes: ['incident'],
    hours: null,
    valid_from_ms: NOW - 100 * DAY,
    valid_to_ms: null,
    confirmed_at_ms: NOW - 100 * DAY,
    notice: null,
    allows_audio: false,
    power_host: null,
    network_host: null,
    withdrawn_at_ms: null,
    ...change,
  };
}

const consent = (...agreements: Agreement[]) => consentFor(household, agreements, wish, NOW);

describe("the owner's consent", () => {
  it('is not asked for a community camera', () => {
    expect(consentFor({ kind: 'community' }, [], wish, NOW)).toEqual({ kind: 'allow', ground: 'community' });
  });
  it('is given by an automatic agreement, and asked for where the agreement says so', () => {
    expect(consent(agreement())).toEqual({ kind: 'allow', ground: 'agreement' });
    expect(consent(agreement({ mode: 'ask_first' }))).toEqual({ kind: 'ask_owner' });
  });
  it('is given for the one item the owner accepted, within what the agreement allows', () => {
    const accepted = { ...wish, owner_accepted: true };
    const asked = (change: Partial<Agreement>) =>
      consentFor(household, [agreement({ mode: 'ask_first', ...change })], accepted, NOW);
    expect(asked({})).toEqual({ kind: 'allow', ground: 'owner_answer' });
    expect(asked({ purposes: [] })).toMatchObject({ kind: 'deny', code: 'AGREEMENT_PURPOSE' });
    expect(asked({ withdrawn_at_ms: NOW })).toMatchObject({ kind: 'deny', code: 'AGREEMENT_WITHDRAWN' });
  });
  it.each([
    ['AGREEMENT_MISSING', null],
    ['AGREEMENT_NOT_YET_VALID', { valid_from_ms: NOW + 1 }],
    ['AGREEMENT_EXPIRED', { valid_to_ms: NOW }],
    ['AGREEMENT_WITHDRAWN', { withdrawn_at_ms: NOW - 1 }],
    ['AGREEMENT_NOT_CONFIRMED', { confirmed_at_ms: NOW - 400 * DAY }],
    ['AGREEMENT_PURPOSE', { purposes: ['traffic_accident'] }],
    ['AGREEMENT_HOURS', { hours: { from_minute: 22 * 60, to_minute: 6 * 60 } }],
  ] as [string, Partial<Agreement> | null][])('is missing: %s', (code, change) => {
    const agreements = change === null ? [] : [agreement(change)];
    expect(consent(...agreements)).toMatchObject({ kind: 'deny', code });
    const ordered = { ...wish, has_lawful_order: true };
    expect(consentFor(household, agreements, ordered, NOW)).toEqual({
      kind: 'allow',
      ground: 'lawful_order',
    });
  });
  it.each([
    ['asks first', { mode: 'ask_first' }, { kind: 'ask_owner' }],
    [
      'covers other purposes',
      { purposes: ['traffic_accident'] },
      { kind: 'deny', code: 'AGREEMENT_PURPOSE' },
    ],
    ['has ended', { valid_to_ms: NOW - 1 }, { kind: 'deny', code: 'AGREEMENT_EXPIRED' }],
    ['is withdrawn', { withdrawn_at_ms: NOW - 1 }, { kind: 'deny', code: 'AGREEMENT_WITHDRAWN' }],
  ] as [string, Partial<Agreement>, object][])(
    'is not that of an earlier, more generous agreement when the later one %s',
    (_, change, expected) => {
      const later = agreement({ id: 'b', valid_from_ms: NOW - DAY, ...change });
      expect(consent(later, agreement())).toMatchObject(expected);
      const of_the_same_day = agreement({ id: 'b', ...change });
      expect(consent(agreement(), of_the_same_day)).toMatchObject(expected);
    },
  );
  it('is that of the agreement before, until the next one begins', () => {
    const next = agreement({ id: 'b', mode: 'ask_first', valid_from_ms: NOW + DAY });
    expect(consent(next, agreement())).toEqual({ kind: 'allow', ground: 'agreement' });
  });
});

describe('hours of the day', () => {
  it('may cross midnight, end with their last minute, and cover the whole day', () => {
    const night = { from_minute: 22 * 60, to_minute: 6 * 60 };
    const at = (hour: number, length_h: number) => ({
      start_ms: NOW + (hour - 15) * 3_600_000,
      end_ms: NOW + (hour - 15 + length_h) * 3_600_000,
    });
    expect(isWithinHours(at(23, 4), night)).toBe(true);
    expect(isWithinHours(at(22, 8), night)).toBe(true);
    expect(isWithinHours(at(22, 8.01), night)).toBe(false);
    expect(isWithinHours(at(21, 2), night)).toBe(false);
    expect(isWithinHours(at(3, 48), { from_minute: 0, to_minute: 1440 })).toBe(true);
  });
  it('hold every minute of a span that is within them', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const start = fc.integer({ min: 0, max: 2880 });
    fc.assert(
      fc.property(
        minute,
        minute,
        start,
        fc.integer({ min: 1, max: 300 }),
        (from_minute, to_minute, begin, length) => {
          fc.pre(from_minute !== to_minute);
          const is_open = (ms: number) => {
            const at = vietnamMinuteOfDay(ms);
            return from_minute < to_minute
              ? from_minute <= at && at < to_minute
              : from_minute <= at || at < to_minute;
          };
          const start_ms = NOW + begin * 60_000;
          const span = { start_ms, end_ms: start_ms + length * 60_000 };
          const every = Array.from({ length }, (_, i) => is_open(start_ms + i * 60_000)).every(Boolean);
          expect(isWithinHours(span, { from_minute, to_minute })).toBe(every);
        },
      ),
    );
  });
});
