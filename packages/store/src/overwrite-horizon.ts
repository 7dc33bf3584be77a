import { type ClockOffsetEstimate, overwriteAt_ms } from '@minhchung/domain';
import { COVERAGE_LOOKS_MAX } from './limits.ts';
import type { Repositories } from './store.ts';

/**
 * When the instant is expected to be overwritten, in true time; null: unknown. Learned from how the oldest footage
 * moved from one look at the recorder to the next.
 */
export async function overwriteHorizon_ms(
  repositories: Pick<Repositories, 'coverage'>,
  camera_id: string,
  offset: Pick<ClockOffsetEstimate, 'min_ms' | 'max_ms'> | null,
  instant_ms: number,
): Promise<number | null> {
  if (offset === null) return null;
  const looks = await repositories.coverage.history(camera_id, { limit: COVERAGE_LOOKS_MAX, after: null });
  // The middle of what the offset allows: good enough to rank and to foretell, not to cut.
  const middle_ms = (offset.min_ms + offset.max_ms) / 2;
  const observations = looks.rows.flatMap(({ observed_at_ms, retained_from_device_ms }) =>
    retained_from_device_ms === null
      ? []
      : [{ observed_at_ms, retained_start_ms: Math.round(retained_from_device_ms - middle_ms) }],
  );
  return overwriteAt_ms(observations, instant_ms);
}

/**
 * Works out anew when the footage of a camera's open items will be overwritten, and with it their place in the queue:
 * called when a poll saw something new of what the recorder holds. Nothing is written where nothing changed, nor for
 * less than `HORIZON_MOVED_MIN_MS`.
 */
export async function refreshHorizons(
  repositories: Pick<Repositories, 'coverage' | 'items'>,
  camera_id: string,
  offset: Pick<ClockOffsetEstimate, 'min_ms' | 'max_ms'> | null,
): Promise<number> {
  let moved = 0;
  for (const { id, wanted_end_ms, overwrite_at_ms } of await repositories.items.toFetchOf(camera_id)) {
    const expected_ms = await overwriteHorizon_ms(repositories, camera_id, offset, wanted_end_ms);
    // What was once foretold is not forgotten because a device does not answer today.
    if (expected_ms === null) continue;
    if (overwrite_at_ms !== null && Math.abs(expected_ms - overwrite_at_ms) < HORIZON_MOVED_MIN_MS) continue;
    if (await repositories.items.setOverwriteAt(id, expected_ms)) moved += 1;
  }
  return moved;
}

/** Recorders overwrite in blocks of minutes: less is no news for a queue that is ordered by hours. */
const HORIZON_MOVED_MIN_MS = 60_000;
