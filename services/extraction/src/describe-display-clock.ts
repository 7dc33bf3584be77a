import {
  type ExtractionAssignment,
  hullOfOffsets,
  type OffsetPiece,
  offsetSurelyAt,
  runsBetweenSteps,
  type Span,
} from '@minhchung/domain';
import type { DisplayClockInput } from '@minhchung/evidence';
import { BASIS } from './describe-search.ts';

/**
 * What is known of the clock in the picture over the approved span: bounds that hold throughout, whether it was set
 * in between or not. Undefined where none is known, or where the recorder stamps by that very clock.
 */
export function describeDisplayClock(
  { display_clock, clock, approved }: Pick<ExtractionAssignment, 'display_clock' | 'clock' | 'approved'>,
  drift_ppm: number,
): DisplayClockInput | undefined {
  if (display_clock === null || display_clock.clock.id === clock.id) return undefined;
  const { id, name, kind } = display_clock.clock;
  const { offsets } = display_clock;
  const knowledge = offsetSurelyAt(offsets, approved, drift_ppm);
  if (knowledge.kind === 'unknown') return { id, name, kind, ...NEVER_READ };
  const [first, ...others] = knowledge.pieces as readonly [OffsetPiece, ...OffsetPiece[]];
  const { min_ms, max_ms } = hullOfOffsets(first, ...others);
  return {
    ...{ id, name, kind, offset_min_ms: min_ms, offset_max_ms: max_ms },
    basis: others.length === 0 ? BASIS[first.basis] : BASIS.step_within,
    method: runsBetweenSteps(offsets).at(-1)!.at(-1)!.method,
    measured_at_ms: nearestTo(approved, knowledge.pieces),
    reading_count: offsets.reduce((sum, { readings }) => sum + readings, 0),
  };
}

const NEVER_READ = {
  offset_min_ms: null,
  offset_max_ms: null,
  basis: 'unknown',
  method: null,
  measured_at_ms: null,
  reading_count: 0,
} as const;

function nearestTo({ start_ms, end_ms }: Span, pieces: readonly OffsetPiece[]): number {
  const distance = (at_ms: number) => Math.max(start_ms - at_ms, at_ms - end_ms, 0);
  const times = pieces.map(({ measured_at_ms }) => measured_at_ms);
  return times.reduce((nearest, at_ms) => (distance(at_ms) < distance(nearest) ? at_ms : nearest));
}
