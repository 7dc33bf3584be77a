import type { Span } from '../span.ts';
import { driftBound_ppm } from './drift.ts';
import type { ClockOffsetEstimate } from './estimate.ts';
import { hullOfOffsets, type OffsetInterval, widenOffset } from './offset.ts';
import { type OffsetKnowledge, type OffsetPiece, offsetAt } from './offset-at.ts';

/**
 * Devices state whole seconds, so a clock that runs away faster than was reckoned with is caught only when it is a
 * second off: until then the truth may lie this far outside the estimate.
 */
const CAUGHT_WITHIN_MS = 1_000;

/**
 * Which offset held during `span`, for taking footage by: as `offsetAt` with the configured drift, and where the
 * history shows that the clock is faster than that (`driftBound_ppm`), wide enough for both rates and for the second
 * that the fast clock was off before anybody could see it. Never narrower than with the configured drift. `bound_ppm`
 * is handed in where `history` is a part of the history it comes from. Throws `SPAN_EMPTY` for an empty span.
 */
export function offsetSurelyAt(
  history: readonly ClockOffsetEstimate[],
  span: Span,
  configured_ppm: number,
  bound_ppm: number = driftBound_ppm(history, configured_ppm),
): OffsetKnowledge {
  const usual = offsetAt(history, span, configured_ppm);
  if (usual.kind === 'unknown' || bound_ppm <= configured_ppm) return usual;
  const fast = offsetAt(history, span, bound_ppm);
  if (fast.kind === 'unknown') return usual;
  // Pieces follow from the steps of the history alone, so both answers have the same.
  return { kind: 'known', pieces: usual.pieces.map((piece, i) => widestOf(piece, fast.pieces[i]!)) };
}

function widestOf(usual: OffsetPiece, fast: OffsetPiece): OffsetPiece {
  const both = (a: OffsetInterval, b: OffsetInterval) => widenOffset(hullOfOffsets(a, b), CAUGHT_WITHIN_MS);
  const alternatives = usual.alternatives.map((one, i) => both(one, fast.alternatives[i]!));
  return { ...usual, ...both(usual, fast), alternatives };
}
