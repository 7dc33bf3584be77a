import type { Manifest } from '@minhchung/formats';
import type { Details, Findings } from '../report/findings.ts';
import { countBelow } from './device-times.ts';

/** Spans are whole milliseconds, frame times are not. */
const ROUNDING_MS = 2;

/** The frames of one master, under the search that found it. */
export interface MasterTimes {
  readonly search: number;
  /** Device times in microseconds, ascending. */
  readonly times_us: Float64Array;
}

/**
 * Checks that the frames of a search's masters show what the manifest says it found: within a found span no two
 * neighbouring frames, nor a frame and the span's end, are further apart than a hole may be; and there is a frame.
 * The last frame before a break stands for as long as the one before it did, as where found spans are worked out.
 */
export function checkCoverage(manifest: Manifest, masters: readonly MasterTimes[], findings: Findings): void {
  const frames_of_search = manifest.searches.map((_, search) =>
    merge(masters.filter((master) => master.search === search).map((master) => master.times_us)),
  );
  const allowed_ms = manifest.hole_min_ms + ROUNDING_MS;
  const problems: Details[] = [];
  for (const { search, device_start_ms, device_end_ms } of manifest.found_spans) {
    const frames_us = frames_of_search[search]!;
    let previous_ms = device_start_ms;
    const last = countBelow(frames_us, device_end_ms * 1000);
    // A frame stands for the time after it: one shortly before the span may be all that a short span rests on.
    if (last === countBelow(frames_us, (device_start_ms - allowed_ms) * 1000)) {
      problems.push({ from_ms: device_start_ms, to_ms: device_end_ms });
      continue;
    }
    for (let index = countBelow(frames_us, device_start_ms * 1000); index <= last; index++) {
      const next_ms = index < last ? frames_us[index]! / 1000 : device_end_ms;
      if (next_ms - previous_ms > allowed_ms) {
        problems.push({ from_ms: Math.round(previous_ms), to_ms: Math.round(next_ms) });
      }
      previous_ms = next_ms + usualLength_ms(frames_us, index, manifest.hole_min_ms);
    }
  }
  findings.judge('frames_cover_found', problems);
}

/** How long the frame before one was shown; none where that was a break. */
function usualLength_ms(frames_us: Float64Array, index: number, hole_min_ms: number): number {
  if (index === 0 || index >= frames_us.length) return 0;
  const length_ms = (frames_us[index]! - frames_us[index - 1]!) / 1000;
  return length_ms > hole_min_ms ? 0 : length_ms;
}

function merge(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all.sort();
}
