import type { ClockOffsetEstimate } from '../clock-offset/estimate.ts';
import { offsetAt } from '../clock-offset/offset-at.ts';
import type { Coverage } from '../vocabulary/network.ts';
import {
  overwriteAt_ms,
  type RetentionDepth,
  type RetentionObservation,
  retentionDepth,
} from './overwrite-horizon.ts';

/** What a recorder holds of one camera, in true time as near as its clock is known, and for how long. */
export interface StillHeld {
  readonly held_from_ms: number | null;
  readonly held_to_ms: number | null;
  readonly observed_at_ms: number | null;
  readonly depth: RetentionDepth | null;
  /** When the oldest footage held is expected to be overwritten; null: unknown. */
  readonly overwrites_oldest_at_ms: number | null;
  /** Oldest first: what was held, and the depth as far as it could be told by then. */
  readonly history: readonly {
    readonly observed_at_ms: number;
    readonly held_ms: number | null;
    readonly depth_min_ms: number | null;
  }[];
}

/**
 * Reads holdings off what polls saw (in any order) and the history of the recorder's clock. A clock that was never
 * measured is taken to be right, for lengths hold whatever its offset is.
 */
export function stillHeldOf(
  coverages: readonly Coverage[],
  offsets: readonly ClockOffsetEstimate[],
  drift_ppm: number,
): StillHeld {
  const in_order = [...coverages].sort((a, b) => a.observed_at_ms - b.observed_at_ms);
  const seen: RetentionObservation[] = [];
  const history = in_order.map((coverage) => {
    const { observed_at_ms, retained_from_device_ms, retained_to_device_ms } = coverage;
    if (retained_from_device_ms === null || retained_to_device_ms === null) {
      return { observed_at_ms, held_ms: null, depth_min_ms: retentionDepth(seen)?.min_ms ?? null };
    }
    const off_ms = middleAt(offsets, observed_at_ms, drift_ppm);
    seen.push({ observed_at_ms, retained_start_ms: retained_from_device_ms - off_ms });
    const held_ms = retained_to_device_ms - retained_from_device_ms;
    return { observed_at_ms, held_ms, depth_min_ms: retentionDepth(seen)?.min_ms ?? null };
  });
  const last = in_order.at(-1);
  const observed_at_ms = last?.observed_at_ms ?? null;
  const depth = retentionDepth(seen);
  if (last === undefined || last.retained_from_device_ms === null || last.retained_to_device_ms === null) {
    return {
      held_from_ms: null,
      held_to_ms: null,
      observed_at_ms,
      depth,
      overwrites_oldest_at_ms: null,
      history,
    };
  }
  const off_ms = middleAt(offsets, last.observed_at_ms, drift_ppm);
  const held_from_ms = last.retained_from_device_ms - off_ms;
  return {
    held_from_ms,
    held_to_ms: last.retained_to_device_ms - off_ms,
    observed_at_ms,
    depth,
    overwrites_oldest_at_ms: overwriteAt_ms(seen, held_from_ms),
    history,
  };
}

function middleAt(offsets: readonly ClockOffsetEstimate[], at_ms: number, drift_ppm: number): number {
  const known = offsetAt(offsets, { start_ms: at_ms, end_ms: at_ms + 1 }, drift_ppm);
  if (known.kind === 'unknown') return 0;
  const { min_ms, max_ms } = known.pieces[0]!;
  return Math.round((min_ms + max_ms) / 2);
}
