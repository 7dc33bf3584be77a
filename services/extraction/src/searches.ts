import {
  type ClockOffsetEstimate,
  deviceSpan,
  type OffsetBasis,
  type OffsetInterval,
  offsetAt,
  type Span,
} from '@minhchung/domain';

/** One question to a recorder: a part of the approved span, and what its clock may have called it. */
export interface Search {
  /** The part of the approved span, true time. */
  readonly span: Span;
  /** What `stated device time − true time` may have been while it was recorded. */
  readonly offset: OffsetInterval;
  readonly basis: OffsetBasis | 'assumed';
  readonly measured_at_ms: number | null;
  /** The span widened by the offset's bounds, in the recorder's own time. */
  readonly device_span: Span;
}

export interface SearchConditions {
  readonly drift_ppm: number;
  /** Bound on both sides of zero taken for a clock that nobody could measure. */
  readonly unknown_offset_margin_ms: number;
  /** How coarsely the source states its times: a stamp of `t` stands for `[t, t + resolution)`. */
  readonly time_resolution_ms: number;
}

/**
 * What to ask a recorder for so that the approved span is surely inside.
 *
 * One search where the clock ran on; one per stretch where it was set during the span; and where it was set at an
 * unknown moment within a stretch, one for each offset that may have held, rather than one over everything in
 * between, which would take footage nobody approved.
 */
export function planSearches(
  approved: Span,
  history: readonly ClockOffsetEstimate[],
  conditions: SearchConditions,
): Search[] {
  const { drift_ppm, unknown_offset_margin_ms, time_resolution_ms } = conditions;
  const knowledge = offsetAt(history, approved, drift_ppm);
  if (knowledge.kind === 'unknown') {
    const offset = { min_ms: -unknown_offset_margin_ms, max_ms: unknown_offset_margin_ms };
    return [search(approved, offset, 'assumed', null, time_resolution_ms)];
  }
  return knowledge.pieces.flatMap((piece) =>
    (piece.alternatives.length > 0 ? piece.alternatives : [piece]).map((offset) =>
      search(piece.span, offset, piece.basis, piece.measured_at_ms, time_resolution_ms),
    ),
  );
}

function search(
  span: Span,
  clock_offset: OffsetInterval,
  basis: Search['basis'],
  measured_at_ms: number | null,
  time_resolution_ms: number,
): Search {
  // A stated time may lie up to one step of the naming before the stamp it stands for. Bounds stay whole.
  const min_ms = Math.floor(clock_offset.min_ms - time_resolution_ms);
  const offset = { min_ms, max_ms: clock_offset.max_ms };
  return { span, offset, basis, measured_at_ms, device_span: deviceSpan(span, offset) };
}
