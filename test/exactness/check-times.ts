import type { Manifest, ManifestSearch } from '@minhchung/formats';
import type { Evidence, SeenMaster } from './evidence.ts';
import type { Checked, Truth } from './verdict.ts';

const DEVICE_ERROR_MS_MAX = 1;
/** A player's tick is 1/90,000 s. */
const TICK_US = 12;

/**
 * Device times of frames are what the recorder stamped, to a millisecond; their true times lie within the stated
 * bounds; and the bounds are no wider than what is known of the clock.
 */
export function checkTimes(evidence: Evidence, truth: Truth): Checked {
  const { manifest, masters } = evidence;
  if (manifest === null) return { wrong: [] };
  const wrong: string[] = [];
  const stamped = new Map(truth.held.map((unit) => [unit.true_time_ms, unit.device_time_us]));
  let device_frame_error_ms_max = 0;
  let truth_outside_bounds = 0;
  let frames_checked = 0;
  for (const master of masters) {
    const alternatives = alternativesOf(manifest, master.told.search);
    for (const { true_ms, device_us } of toldTimes(master)) {
      frames_checked += 1;
      if (true_ms === null) continue;
      const error_ms = Math.abs(device_us - (stamped.get(true_ms) ?? Number.POSITIVE_INFINITY)) / 1000;
      device_frame_error_ms_max = Math.max(device_frame_error_ms_max, error_ms);
      if (!alternatives.some((search) => isWithinBounds(true_ms, device_us, search)))
        truth_outside_bounds += 1;
    }
    const begins_us = master.frames[0]?.shown_us ?? 0;
    if (begins_us > TICK_US)
      wrong.push(`${master.told.name}: its first frame is shown after ${begins_us} µs`);
  }
  const bound_ms_max = Math.max(...manifest.searches.map(boundOf));
  if (device_frame_error_ms_max > DEVICE_ERROR_MS_MAX) {
    wrong.push(`the device time of a frame is wrong by ${device_frame_error_ms_max} ms`);
  }
  if (truth_outside_bounds > 0)
    wrong.push(`${truth_outside_bounds} frames were taken outside their stated bounds`);
  if (bound_ms_max > truth.bound_ms_max) {
    wrong.push(`the clock is said to be known to ± ${bound_ms_max} ms, not to ± ${truth.bound_ms_max} ms`);
  }
  return {
    wrong,
    figures: { frames_checked, truth_outside_bounds, device_frame_error_ms_max, bound_ms_max },
  };
}

/** The device time of each frame, as a reader of the manifest works it out. */
function toldTimes({ told, frames }: SeenMaster): { true_ms: number | null; device_us: number }[] {
  const [first] = frames;
  return frames.map(({ true_ms, shown_us }) => ({
    true_ms,
    device_us: told.first_frame_device_time_us + (shown_us - first!.shown_us),
  }));
}

/** The search of a master with every other offset that may have held for the same part. */
function alternativesOf({ searches }: Manifest, index: number): ManifestSearch[] {
  const { approved_part } = searches[index]!;
  return searches.filter((search) => search.approved_part.start_ms === approved_part.start_ms);
}

function isWithinBounds(true_ms: number, device_us: number, search: ManifestSearch): boolean {
  if (search.offset_min_ms === null || search.offset_max_ms === null) return false;
  const earliest_us = device_us - search.offset_max_ms * 1000 - TICK_US;
  const latest_us = device_us - search.offset_min_ms * 1000 + TICK_US;
  return earliest_us <= true_ms * 1000 && true_ms * 1000 <= latest_us;
}

function boundOf({ offset_min_ms, offset_max_ms }: ManifestSearch): number {
  if (offset_min_ms === null || offset_max_ms === null) return Number.POSITIVE_INFINITY;
  return (offset_max_ms - offset_min_ms) / 2;
}
