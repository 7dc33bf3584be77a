import type { ClockOffsetEstimate } from '../clock-offset/estimate.ts';
import type { DeclaredTime } from '../vocabulary/uploads.ts';

/**
 * What may be known of the clock by which a handed-in file was dated, oldest first: with a true time, that there is
 * nothing to correct; with a screen read beside a right clock, that one reading, as coarse as it was said; else what
 * was ever measured of the recorder's clock. How coarse the start itself was said is the source's resolution.
 */
export function declaredOffsets(
  declared: readonly DeclaredTime[],
  measured: readonly ClockOffsetEstimate[],
): readonly ClockOffsetEstimate[] {
  const [first] = declared;
  if (first?.clock === 'true_time') {
    return [readingAt(first.start_ms, { min_ms: 0, max_ms: 0 })];
  }
  const stated = declared.findLast(({ statement }) => statement !== null);
  if (stated?.statement == null) return measured;
  const { shown_ms, true_ms } = stated.statement;
  const offset_ms = shown_ms - true_ms;
  const { resolution_ms } = stated;
  return [readingAt(true_ms, { min_ms: offset_ms - resolution_ms, max_ms: offset_ms + resolution_ms })];
}

function readingAt(
  at_ms: number,
  bounds: { readonly min_ms: number; readonly max_ms: number },
): ClockOffsetEstimate {
  return {
    ...bounds,
    ...{ epoch_from_ms: at_ms, began_as: 'first', first_reading_ms: at_ms, last_reading_ms: at_ms },
    ...{ readings: 1, method: 'declared' },
  };
}
