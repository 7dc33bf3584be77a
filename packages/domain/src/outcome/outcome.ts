import { deviceSpan, type OffsetInterval } from '../clock-offset/offset.ts';
import type { ErrorCode } from '../errors.ts';
import { intersectSpanSets } from '../interval/span-set.ts';
import { LIMITS } from '../limits.ts';
import type { Span } from '../span.ts';
import { type Gap, type GapRules, gapsOfWanted, type HeldFootage, reasonOfHole } from './gaps.ts';

/** How the source met the question: it answered, it could not be reached, or something else needs a person. */
export type SourceAnswer =
  | { readonly kind: 'answered'; readonly held: HeldFootage }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

/** What an item comes to, with its reason. Outcomes as defined in the product's vocabulary. */
export type ItemOutcome =
  | { readonly outcome: 'archived' }
  | { readonly outcome: 'partial'; readonly gaps: readonly Gap[] }
  | { readonly outcome: 'no_footage'; readonly reason: 'overwritten' | 'nothing_recorded' }
  | {
      readonly outcome: 'waiting';
      readonly reason: 'unreachable' | 'not_yet_recorded';
      /** True time after which waiting is pointless. */
      readonly give_up_at_ms: number;
    }
  | { readonly outcome: 'not_obtained' }
  | { readonly outcome: 'failed'; readonly code: ErrorCode };

export const GAP_RULES: GapRules = {
  gap_min_ms: LIMITS.gap_min_ms,
  doubt_max_ms: LIMITS.gap_doubt_max_ms,
  settle_ms: LIMITS.recorder_settle_ms,
};

/**
 * When an item that cannot be obtained is given up: when the *last* wanted instant is expected to be overwritten,
 * because until then a part may still be had; without knowledge of the recorder, a fixed time after the span.
 */
export function giveUpAt_ms(approved: Span, overwrite_at_ms: number | null): number {
  return overwrite_at_ms ?? approved.end_ms + LIMITS.waiting_without_horizon_max_ms;
}

/**
 * What an item comes to. `no_footage` needs a source that answered and holds nothing; a source that did not
 * answer may still hold it, so the item waits until the horizon of overwriting has passed.
 *
 * @param overwrite_at_ms true time at which the end of `approved` is expected to be overwritten; null: unknown
 */
export function outcomeOf(
  approved: Span,
  offset: OffsetInterval,
  answer: SourceAnswer,
  overwrite_at_ms: number | null,
  now_ms: number,
  rules: GapRules = GAP_RULES,
): ItemOutcome {
  if (answer.kind === 'failed') return { outcome: 'failed', code: answer.code };
  const give_up_at_ms = giveUpAt_ms(approved, overwrite_at_ms);
  if (answer.kind === 'unreachable') {
    return now_ms >= give_up_at_ms
      ? { outcome: 'not_obtained' }
      : { outcome: 'waiting', reason: 'unreachable', give_up_at_ms };
  }
  const asked = deviceSpan(approved, offset);
  if (intersectSpanSets([asked], answer.held.spans).length === 0) {
    const reason = reasonOfHole(asked, offset, answer.held, now_ms, rules);
    if (reason === 'not_yet_recorded') return { outcome: 'waiting', reason, give_up_at_ms };
    return { outcome: 'no_footage', reason: reason === 'overwritten' ? 'overwritten' : 'nothing_recorded' };
  }
  const gaps = gapsOfWanted(approved, offset, answer.held, now_ms, rules);
  return gaps.length === 0 ? { outcome: 'archived' } : { outcome: 'partial', gaps };
}
