import { CodedError } from '../errors.ts';
import { spanLength_ms } from '../interval/span-algebra.ts';
import type { Span } from '../span.ts';
import type { ClockOffsetEstimate } from './estimate.ts';
import { driftOver_ms, hullOfOffsets, intersectOffsets, type OffsetInterval, widenOffset } from './offset.ts';

/**
 * How the offset during a span was come by: from readings on both sides of it without a step in between; only
 * from later or only from earlier ones (a step nobody saw is then possible); or from readings on both sides of
 * a step that happened at an unknown moment in between.
 */
export type OffsetBasis = 'measured_around' | 'measured_later' | 'measured_earlier' | 'step_within';

/** The offset during one piece of a true span. */
export interface OffsetPiece extends OffsetInterval {
  readonly span: Span;
  readonly basis: OffsetBasis;
  /** True time of the reading closest to the piece. */
  readonly measured_at_ms: number;
  /** For `step_within`: one of these two held at each instant; the piece's own bounds are their hull. */
  readonly alternatives: readonly OffsetInterval[];
}

/** The pieces cover the asked span in order, without gap; there is more than one only where the clock was set. */
export type OffsetKnowledge =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly pieces: readonly OffsetPiece[] };

/**
 * Which offset held while `span` (true time) was recorded, from everything ever measured of the clock, each
 * measurement widened for drift between it and the span. Throws `SPAN_EMPTY` for an empty span.
 */
export function offsetAt(
  history: readonly ClockOffsetEstimate[],
  span: Span,
  drift_ppm: number,
): OffsetKnowledge {
  if (spanLength_ms(span) === 0) throw new CodedError('SPAN_EMPTY', { start_ms: span.start_ms });
  const runs = runsBetweenSteps(history);
  if (runs.length === 0) return { kind: 'unknown' };
  const pieces: OffsetPiece[] = [];
  runs.forEach((run, i) => {
    const next = runs[i + 1];
    const from_ms = i === 0 ? Number.NEGATIVE_INFINITY : firstReading_ms(run);
    const to_ms = next === undefined ? Number.POSITIVE_INFINITY : lastReading_ms(run);
    const settled = part(span, from_ms, to_ms);
    if (settled !== null) pieces.push(pieceOfRun(run, settled, drift_ppm));
    const unsettled = next === undefined ? null : part(span, to_ms, firstReading_ms(next));
    if (next !== undefined && unsettled !== null) pieces.push(pieceOfStep(run, next, unsettled, drift_ppm));
  });
  return { kind: 'known', pieces };
}

type Run = readonly ClockOffsetEstimate[];

/** Stretches of a clock's history, oldest first, during each of which it ran on without being set; none is empty. */
export function runsBetweenSteps(history: readonly ClockOffsetEstimate[]): Run[] {
  const runs: ClockOffsetEstimate[][] = [];
  for (const estimate of [...history].sort((a, b) => a.epoch_from_ms - b.epoch_from_ms)) {
    const run = runs.at(-1);
    if (run === undefined || estimate.began_as === 'step') runs.push([estimate]);
    else run.push(estimate);
  }
  return runs;
}

function pieceOfRun(run: Run, span: Span, drift_ppm: number): OffsetPiece {
  const has_earlier = firstReading_ms(run) <= span.start_ms;
  const has_later = lastReading_ms(run) >= span.end_ms;
  const basis = has_earlier ? (has_later ? 'measured_around' : 'measured_earlier') : 'measured_later';
  const offset = offsetOfRun(run, span, drift_ppm);
  return { ...offset, span, basis, measured_at_ms: nearestReading_ms(run, span), alternatives: [] };
}

function pieceOfStep(before: Run, after: Run, span: Span, drift_ppm: number): OffsetPiece {
  const alternatives = [offsetOfRun(before, span, drift_ppm), offsetOfRun(after, span, drift_ppm)] as const;
  const measured_at_ms = nearestReading_ms([...before, ...after], span);
  return { ...hullOfOffsets(...alternatives), span, basis: 'step_within', measured_at_ms, alternatives };
}

/**
 * Bounds that hold at every instant of the span. When the measurements of one run contradict each other, the
 * clock drifts faster than it was said to: then their hull is all that can be claimed.
 */
function offsetOfRun(run: Run, span: Span, drift_ppm: number): OffsetInterval {
  const widened = run.map((estimate) => {
    const from_start_ms = Math.abs(span.start_ms - estimate.last_reading_ms);
    const from_end_ms = Math.abs(span.end_ms - estimate.last_reading_ms);
    return widenOffset(estimate, driftOver_ms(Math.max(from_start_ms, from_end_ms), drift_ppm));
  });
  const [first, ...others] = widened;
  let narrowest: OffsetInterval | null = first!;
  for (const offset of others) narrowest = narrowest === null ? null : intersectOffsets(narrowest, offset);
  return narrowest ?? hullOfOffsets(first!, ...others);
}

function firstReading_ms(run: Run): number {
  return run[0]!.first_reading_ms;
}

function lastReading_ms(run: Run): number {
  return run.at(-1)!.last_reading_ms;
}

function nearestReading_ms(run: Run, span: Span): number {
  const distance = (at_ms: number) => Math.max(span.start_ms - at_ms, at_ms - span.end_ms, 0);
  return run
    .flatMap((estimate) => [estimate.first_reading_ms, estimate.last_reading_ms])
    .reduce((nearest, at_ms) => (distance(at_ms) < distance(nearest) ? at_ms : nearest));
}

function part(span: Span, from_ms: number, to_ms: number): Span | null {
  const start_ms = Math.max(span.start_ms, from_ms);
  const end_ms = Math.min(span.end_ms, to_ms);
  return start_ms < end_ms ? { start_ms, end_ms } : null;
}
