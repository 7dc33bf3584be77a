import type { ManifestClock } from '@minhchung/formats';

/** Device clock minus true time, in milliseconds. */
export interface Offset {
  readonly min_ms: number;
  readonly max_ms: number;
}

/** The bounds of a clock's offset; null when it is stated to be unknown. */
export function offsetOf(clock: ManifestClock): Offset | null {
  const { offset_min_ms: min_ms, offset_max_ms: max_ms } = clock;
  return min_ms === null || max_ms === null ? null : { min_ms, max_ms };
}
