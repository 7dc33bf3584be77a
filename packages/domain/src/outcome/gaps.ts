/**
 * What is missing of an approved true span, judged from what the frames show in device time.
 *
 * The rule is the one a stranger can repeat with the manifest alone: a part of the approved span is covered when it
 * is covered *whatever the offset is within its bounds*; everything else is a gap. Only breaks of at most
 * `hole_min_ms` are none, because a frame stands for the time until the next one. So "whole" is never a guess:
 * little knowledge of a clock makes gaps, not confidence.
 */
import type { OffsetInterval } from '../clock-offset/offset.ts';
import { gapsIn, intersectSpanSets, normaliseSpans } from '../interval/span-set.ts';
import type { Span } from '../span.ts';

/**
 * Why footage is missing: the recorder did not record there; it has overwritten it; it may not have finished
 * writing it.
 */
export type HoleReason = 'recorder_hole' | 'overwritten' | 'not_yet_recorded';

/** What a source said it holds, in device time: `Holdings` of the footage port. */
export interface HeldFootage {
  readonly spans: readonly Span[];
  readonly retained: Span | null;
}

/**
 * What was found of the searched span, device time: clipped to it, and with every break of at most `hole_min_ms`
 * closed, also at the two ends.
 */
export function foundWithin(found: readonly Span[], searched: Span, hole_min_ms: number): Span[] {
  const clipped = intersectSpanSets(found, [searched]);
  return normaliseSpans(clipped, hole_min_ms).map((span) => ({
    start_ms: span.start_ms - searched.start_ms <= hole_min_ms ? searched.start_ms : span.start_ms,
    end_ms: searched.end_ms - span.end_ms <= hole_min_ms ? searched.end_ms : span.end_ms,
  }));
}

/** Parts of the approved span (true time) that are not surely covered by what was found (device time), in order. */
export function gapsOfApproved(approved: Span, found: readonly Span[], offset: OffsetInterval): Span[] {
  const surely = found
    .map((span) => ({ start_ms: span.start_ms - offset.min_ms, end_ms: span.end_ms - offset.max_ms }))
    .filter((span) => span.start_ms < span.end_ms);
  return gapsIn(approved, surely);
}

/** Why a hole (device time) is there. `settle_ms`: footage younger than this may still be on its way to the disk. */
export function reasonOfHole(
  hole: Span,
  offset: OffsetInterval,
  held: Pick<HeldFootage, 'retained'>,
  now_ms: number,
  rules: { readonly gap_min_ms: number; readonly settle_ms: number },
): HoleReason {
  const { retained } = held;
  if (retained !== null && hole.end_ms <= retained.start_ms + rules.gap_min_ms) return 'overwritten';
  const is_at_live_end = retained === null || hole.start_ms >= retained.end_ms - rules.gap_min_ms;
  const latest_true_ms = hole.end_ms - offset.min_ms;
  return is_at_live_end && latest_true_ms > now_ms - rules.settle_ms ? 'not_yet_recorded' : 'recorder_hole';
}
