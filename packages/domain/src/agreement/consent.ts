/** May footage of a camera be fetched, as far as its owner is concerned? */
import type { Bilingual } from '../errors.ts';
import { CodedError, type ErrorCode, type ErrorDetails } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import type { Span } from '../span.ts';
import { vietnamMinuteOfDay } from '../time/vietnam-time.ts';
import type { Agreement, CameraKind } from '../vocabulary/network.ts';

const DAY_MINUTES = 24 * 60;

/** What is to be fetched, and on what ground. */
export interface WishedFootage {
  readonly span: Span;
  readonly purpose: string;
  /** The request records a lawful order, which overrides the owner. */
  readonly has_lawful_order: boolean;
  /** The owner, asked first, has accepted this very item. */
  readonly owner_accepted?: boolean;
}

export type Consent =
  | { readonly kind: 'allow'; readonly ground: 'community' | 'agreement' | 'owner_answer' | 'lawful_order' }
  | { readonly kind: 'ask_owner' }
  | {
      readonly kind: 'deny';
      readonly code: ErrorCode;
      readonly details: ErrorDetails;
      readonly reason: Bilingual;
    };

/**
 * Community cameras are the ward's own. A household camera needs an agreement in force that covers purpose and
 * hours, or a lawful order. Of several agreements the one that began last counts, for it is the owner's last word:
 * an earlier, more generous one does not come back when the later one is narrower, has ended or is withdrawn.
 */
export function consentFor(
  camera: { readonly kind: CameraKind },
  agreements: readonly Agreement[],
  wish: WishedFootage,
  now_ms: number,
): Consent {
  if (camera.kind === 'community') return { kind: 'allow', ground: 'community' };
  if (wish.has_lawful_order) return { kind: 'allow', ground: 'lawful_order' };
  const agreement = lastWord(agreements, now_ms);
  const refusal =
    agreement === null ? new CodedError('AGREEMENT_MISSING') : refusalBy(agreement, wish, now_ms);
  if (refusal !== null) {
    return { kind: 'deny', code: refusal.code, details: refusal.details, reason: refusal.texts };
  }
  if (agreement?.mode === 'automatic') return { kind: 'allow', ground: 'agreement' };
  return wish.owner_accepted === true ? { kind: 'allow', ground: 'owner_answer' } : { kind: 'ask_owner' };
}

/** True when the owner's last word is an agreement that counts at this moment, for any purpose at all. */
export function isAgreedNow(agreements: readonly Agreement[], now_ms: number): boolean {
  const agreement = lastWord(agreements, now_ms);
  const [purpose] = agreement?.purposes ?? [];
  if (agreement === null || purpose === undefined) return false;
  const span = { start_ms: now_ms, end_ms: now_ms };
  return refusalBy(agreement, { span, purpose, has_lawful_order: false }, now_ms) === null;
}

/** The agreement that began last; one still to begin only where there is no other. Of one day, the last made. */
export function lastWord(agreements: readonly Agreement[], now_ms: number): Agreement | null {
  const oldest_first = agreements.toSorted(
    (a, b) => a.valid_from_ms - b.valid_from_ms || (a.id < b.id ? -1 : 1),
  );
  return oldest_first.findLast(({ valid_from_ms }) => valid_from_ms <= now_ms) ?? oldest_first[0] ?? null;
}

/** Why an agreement does not cover a wish, or null when it does. An empty list of purposes allows none. */
export function refusalBy(agreement: Agreement, wish: WishedFootage, now_ms: number): CodedError | null {
  if (agreement.withdrawn_at_ms !== null && agreement.withdrawn_at_ms <= now_ms) {
    return new CodedError('AGREEMENT_WITHDRAWN');
  }
  if (now_ms < agreement.valid_from_ms) return new CodedError('AGREEMENT_NOT_YET_VALID');
  if (agreement.valid_to_ms !== null && now_ms >= agreement.valid_to_ms)
    return new CodedError('AGREEMENT_EXPIRED');
  if (now_ms - agreement.confirmed_at_ms > LIMITS.agreement_confirmation_max_ms) {
    return new CodedError('AGREEMENT_NOT_CONFIRMED');
  }
  if (!agreement.purposes.includes(wish.purpose)) {
    return new CodedError('AGREEMENT_PURPOSE', { purpose: wish.purpose.slice(0, 80) });
  }
  return agreement.hours === null || isWithinHours(wish.span, agreement.hours)
    ? null
    : new CodedError('AGREEMENT_HOURS');
}

/**
 * True when a true span lies wholly within the hours of one day, or of one night: `from` later than `to` means
 * across midnight. Equal ends mean the whole day. Minutes after midnight in Vietnam, half-open.
 */
export function isWithinHours(
  span: Span,
  hours: { readonly from_minute: number; readonly to_minute: number },
): boolean {
  const open_min = (hours.to_minute - hours.from_minute + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
  if (open_min === DAY_MINUTES) return true;
  const into_ms =
    ((vietnamMinuteOfDay(span.start_ms) - hours.from_minute + DAY_MINUTES) % DAY_MINUTES) * 60_000 +
    (((span.start_ms % 60_000) + 60_000) % 60_000);
  return into_ms + (span.end_ms - span.start_ms) <= open_min * 60_000;
}
