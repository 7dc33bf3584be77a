/**
 * What is missing of a wanted true span, judged from what the source holds in its own device time.
 *
 * The offset is an interval, so a hole on the device maps to a set of possible true holes. Each hole is therefore
 * measured twice, over all offsets of the interval: how much of the wanted span is missing *at least* (for every
 * offset) and *at most* (for some offset). For a hole well inside the span both are its length. At the borders they
 * differ by up to the width of the interval: the source was asked for a wider span than was wanted, and what it
 * lacks of that margin may be no part of the wanted span at all.
 *
 * A hole counts as a gap when at least `gap_min_ms` are surely missing, or when `doubt_max_ms` may be missing. It
 * does not count when it is explained by frame spacing and an ordinary offset bound, which the manifest states
 * anyway; and it does count when so little is known of the clock that "whole" would be a guess. Many small holes
 * count as well, once `doubt_max_ms` are surely missing in all.
 */
import type { OffsetInterval } from '../clock-offset/offset.ts';
import { deviceSpan } from '../clock-offset/offset.ts';
import { intersectSpans, shiftSpan, spanLength_ms } from '../interval/span-algebra.ts';
import { gapsIn, intersectSpanSets } from '../interval/span-set.ts';
import type { Span } from '../span.ts';

/**
 * Why footage is missing: the recorder did not record there; it has overwritten it; it may not have finished
 * writing it.
 */
export type GapReason = 'recorder_hole' | 'overwritten' | 'not_yet_recorded';

/** One gap of the wanted span. */
export interface Gap {
  /** True span at the middle of the offset interval, or the widest possible one where that would be empty. */
  readonly span: Span;
  /** True time by which both ends of `span` may be off. */
  readonly bound_ms: number;
  /** Missing for every offset of the interval, and for some offset of it. */
  readonly missing_min_ms: number;
  readonly missing_max_ms: number;
  readonly reason: GapReason;
}

export interface GapRules {
  readonly gap_min_ms: number;
  readonly doubt_max_ms: number;
  /** Footage younger than this may still be on its way to the recorder's disk. */
  readonly settle_ms: number;
}

/** What a source said it holds, in device time: `Holdings` of the footage port. */
export interface HeldFootage {
  readonly spans: readonly Span[];
  readonly retained: Span | null;
}

/** The gaps of `wanted` (true time) that count, in order. `now_ms` is true time. */
export function gapsOfWanted(
  wanted: Span,
  offset: OffsetInterval,
  held: HeldFootage,
  now_ms: number,
  rules: GapRules,
): Gap[] {
  const holes = gapsIn(deviceSpan(wanted, offset), held.spans).map((hole) =>
    measuredGap(wanted, offset, hole, reasonOfHole(hole, offset, held, now_ms, rules)),
  );
  const missing_ms = holes.reduce((sum, hole) => sum + hole.missing_min_ms, 0);
  return holes.filter(
    (hole) =>
      hole.missing_min_ms >= rules.gap_min_ms ||
      hole.missing_max_ms >= rules.doubt_max_ms ||
      (missing_ms >= rules.doubt_max_ms && hole.missing_min_ms > 0),
  );
}

/** What was found of `wanted`, in true time at the middle of the offset interval. */
export function foundOfWanted(wanted: Span, offset: OffsetInterval, device_spans: readonly Span[]): Span[] {
  const middle_ms = middleOf(offset);
  return intersectSpanSets(
    [wanted],
    device_spans.map((span) => shiftSpan(span, -middle_ms)),
  );
}

/** Why a hole (device time) is there. */
export function reasonOfHole(
  hole: Span,
  offset: OffsetInterval,
  held: Pick<HeldFootage, 'retained'>,
  now_ms: number,
  rules: Pick<GapRules, 'gap_min_ms' | 'settle_ms'>,
): GapReason {
  const { retained } = held;
  if (retained !== null && hole.end_ms <= retained.start_ms + rules.gap_min_ms) return 'overwritten';
  const is_at_live_end = retained === null || hole.start_ms >= retained.end_ms - rules.gap_min_ms;
  const latest_true_ms = hole.end_ms - offset.min_ms;
  return is_at_live_end && latest_true_ms > now_ms - rules.settle_ms ? 'not_yet_recorded' : 'recorder_hole';
}

function measuredGap(wanted: Span, offset: OffsetInterval, hole: Span, reason: GapReason): Gap {
  const at_min = missingAt(wanted, hole, offset.min_ms);
  const at_max = missingAt(wanted, hole, offset.max_ms);
  const widest = intersectSpans(wanted, {
    start_ms: hole.start_ms - offset.max_ms,
    end_ms: hole.end_ms - offset.min_ms,
  });
  const middle = intersectSpans(wanted, shiftSpan(hole, -middleOf(offset)));
  return {
    span: middle ?? widest ?? wanted,
    bound_ms: Math.ceil((offset.max_ms - offset.min_ms) / 2),
    // Sliding the hole over the span, the missing part rises, stays, and falls: its least value is at an end of
    // the interval, its greatest is all that both lengths and the reach of the hole allow.
    missing_min_ms: Math.min(at_min, at_max),
    missing_max_ms: Math.min(spanLength_ms(hole), widest === null ? 0 : spanLength_ms(widest)),
    reason,
  };
}

function middleOf(offset: OffsetInterval): number {
  return Math.round((offset.min_ms + offset.max_ms) / 2);
}

function missingAt(wanted: Span, hole: Span, offset_ms: number): number {
  const missing = intersectSpans(wanted, shiftSpan(hole, -offset_ms));
  return missing === null ? 0 : spanLength_ms(missing);
}
