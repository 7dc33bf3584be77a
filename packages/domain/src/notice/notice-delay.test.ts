import { expect, test } from 'vitest';
import { LIMITS } from '../limits.ts';
import {
  mayTellOwner,
  noticeDelayedUntil,
  problemOfNoticeDelay,
  problemOfProlonging,
} from './notice-delay.ts';

const NOW = 1_795_000_000_000;
const DAY = 86_400_000;
const MAX = LIMITS.notice_delay_max_ms;
const until = (until_ms: number, reason = 'Chủ camera là nghi can') => ({ until_ms, reason });

test('a request nobody delayed may be told', () => {
  expect(noticeDelayedUntil([])).toBeNull();
  expect(mayTellOwner([], NOW)).toBe(true);
});

test('the latest of several delays counts, to the millisecond', () => {
  const delays = [until(NOW + 5), until(NOW + 9), until(NOW + 7)];
  expect(noticeDelayedUntil(delays)).toBe(NOW + 9);
  expect([mayTellOwner(delays, NOW + 8), mayTellOwner(delays, NOW + 9)]).toEqual([false, true]);
});

test('a delay has a reason, ends later than it begins, and no later than the limit', () => {
  const code = (until_ms: number, reason?: string) =>
    problemOfNoticeDelay(until(until_ms, reason), NOW)?.code ?? null;
  expect(code(NOW + DAY, ' \n')).toBe('TEXT_MISSING');
  expect(code(NOW)).toBe('NOTICE_DELAY_PAST');
  expect(code(NOW + 1)).toBeNull();
  expect(code(NOW + MAX)).toBeNull();
  expect(code(NOW + MAX + 1)).toBe('NOTICE_DELAY_TOO_LONG');
});

test('only what still runs is prolonged, and only to a later end', () => {
  const running = [until(NOW + DAY)];
  const code = (until_ms: number, now_ms = NOW) =>
    problemOfProlonging(until(until_ms), running, now_ms)?.code ?? null;
  expect(code(NOW + DAY)).toBe('NOTICE_DELAY_NOT_LONGER');
  expect(code(NOW + DAY + 1)).toBeNull();
  expect(code(NOW + MAX + 1)).toBe('NOTICE_DELAY_TOO_LONG');
  expect(code(NOW + 3 * DAY, NOW + DAY)).toBe('NOTICE_DELAY_OVER');
  expect(problemOfProlonging(until(NOW + DAY), [], NOW)?.code).toBe('NOTICE_DELAY_OVER');
});
