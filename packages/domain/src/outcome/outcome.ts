import { deviceSpan, type OffsetInterval } from '../clock-offset/offset.ts';
import { LIMITS } from '../limits.ts';
import type { Span } from '../span.ts';
import { type HeldFootage, reasonOfHole } from './gaps.ts';

/** What it means that a source answered and gave nothing of the approved span. */
export type NothingFound =
  | { readonly outcome: 'no_footage'; readonly reason: 'overwritten' | 'nothing_recorded' }
  /** The recorder may not have written it yet: ask again. */
  | { readonly outcome: 'waiting'; readonly reason: 'not_yet_recorded' };

/** How the reason of a hole is judged. */
export const HOLE_RULES = { gap_min_ms: LIMITS.gap_min_ms, settle_ms: LIMITS.recorder_settle_ms } as const;

/**
 * When an item that cannot be obtained is given up: when the *last* wanted instant is expected to be overwritten,
 * because until then a part may still be had; without knowledge of the recorder, a fixed time after the span.
 * `overwrite_at_ms`: true time at which the end of `approved` is expected to be overwritten; null: unknown.
 */
export function giveUpAt_ms(approved: Span, overwrite_at_ms: number | null): number {
  return overwrite_at_ms ?? approved.end_ms + LIMITS.waiting_without_horizon_max_ms;
}

/** What an item comes to whose source *answered* and gave nothing. One that did not answer never comes here. */
export function outcomeOfNothing(
  approved: Span,
  offset: OffsetInterval,
  held: Pick<HeldFootage, 'retained'>,
  now_ms: number,
): NothingFound {
  const reason = reasonOfHole(deviceSpan(approved, offset), offset, held, now_ms, HOLE_RULES);
  if (reason === 'not_yet_recorded') return { outcome: 'waiting', reason };
  return { outcome: 'no_footage', reason: reason === 'overwritten' ? 'overwritten' : 'nothing_recorded' };
}
