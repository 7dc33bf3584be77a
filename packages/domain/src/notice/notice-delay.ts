/**
 * Telling an owner of a request may be delayed, because the owner may be the suspect. Whoever approves says until
 * when and why; it ends by itself, and is prolonged by a further act that is recorded as well.
 */
import { CodedError } from '../errors.ts';
import { LIMITS } from '../limits.ts';

const DAY_MS = 86_400_000;

/** Until when an owner is not told of a request, and why. */
export interface NoticeDelay {
  /** True time. */
  readonly until_ms: number;
  readonly reason: string;
}

/** Until when a request is kept from owners: the latest of its delays; null: nobody delayed it. */
export function noticeDelayedUntil(delays: readonly Pick<NoticeDelay, 'until_ms'>[]): number | null {
  return delays.length === 0 ? null : Math.max(...delays.map(({ until_ms }) => until_ms));
}

/** True from the moment at which owners may know of a request that has been decided. */
export function mayTellOwner(delays: readonly Pick<NoticeDelay, 'until_ms'>[], now_ms: number): boolean {
  return (noticeDelayedUntil(delays) ?? now_ms) <= now_ms;
}

/**
 * What stands against a delay that is given now: `TEXT_MISSING` without a reason, `NOTICE_DELAY_PAST` when it ends
 * before it begins, `NOTICE_DELAY_TOO_LONG` when it ends later than `LIMITS.notice_delay_max_ms` from now.
 */
export function problemOfNoticeDelay({ until_ms, reason }: NoticeDelay, now_ms: number): CodedError | null {
  if (reason.trim() === '') return new CodedError('TEXT_MISSING', { field: 'notice_delay.reason' });
  if (until_ms <= now_ms) return new CodedError('NOTICE_DELAY_PAST');
  if (until_ms > now_ms + LIMITS.notice_delay_max_ms) {
    return new CodedError('NOTICE_DELAY_TOO_LONG', { max_days: LIMITS.notice_delay_max_ms / DAY_MS });
  }
  return null;
}

/**
 * The same for prolonging: `NOTICE_DELAY_OVER` when none is running (owners may have been told already),
 * `NOTICE_DELAY_NOT_LONGER` when it would end no later than the one that runs.
 */
export function problemOfProlonging(
  delay: NoticeDelay,
  running: readonly Pick<NoticeDelay, 'until_ms'>[],
  now_ms: number,
): CodedError | null {
  if (mayTellOwner(running, now_ms)) return new CodedError('NOTICE_DELAY_OVER');
  const problem = problemOfNoticeDelay(delay, now_ms);
  if (problem !== null) return problem;
  const until_ms = noticeDelayedUntil(running)!;
  return delay.until_ms > until_ms ? null : new CodedError('NOTICE_DELAY_NOT_LONGER');
}
