/** What of a poll is news and must be written, and what only goes on as before (pure). */
import type { ClockOffsetEstimate, RecordingInformation } from '@minhchung/domain';
import type { PolledCamera } from '@minhchung/store';
import { type CameraFinding, silence_ms } from '../camera-state.ts';
import { NEWEST_TOLERANCE_MS, OFFSET_NARROWED_MS, OFFSET_SAVED_MS, OLDEST_TOLERANCE_MS } from '../limits.ts';

/** A pause in which nobody looked; a longer one is written down, so that the interval does not bridge it. */
const PAUSE_MS_MAX = 3_600_000;

/** True when the state is not simply the one that the recorder's polls carry on. */
export function isStateNews(camera: PolledCamera, finding: CameraFinding, at_ms: number): boolean {
  const { observed } = camera;
  return (
    observed === null ||
    !observed.is_carried ||
    observed.state !== finding.state ||
    observed.reason !== finding.reason ||
    at_ms - observed.until_ms > PAUSE_MS_MAX
  );
}

/** What a recorder holds of one camera, in device time. */
export interface Retained {
  readonly from_ms: number | null;
  readonly to_ms: number | null;
  /** Recording goes on: the newest footage is from now. */
  readonly grows: boolean;
}

/** Reads a recording; one that does not exist holds nothing. */
export function retainedOf(
  recording: RecordingInformation | undefined,
  device_now_ms: number | null,
  stale_ms: number,
): Retained {
  if (recording === undefined || recording.earliest_ms === null || recording.latest_ms === null) {
    return { from_ms: null, to_ms: null, grows: false };
  }
  const { earliest_ms: from_ms, latest_ms: to_ms } = recording;
  const is_known = device_now_ms !== null || recording.unchanged_ms !== undefined;
  return { from_ms, to_ms, grows: is_known && silence_ms(recording, device_now_ms) <= stale_ms };
}

/** True when a reader who takes what is written, carried on to now, would be told something else. */
export function isCoverageNews(camera: PolledCamera, retained: Retained, at_ms: number): boolean {
  const { covered } = camera;
  if (covered === null || !covered.is_carried || covered.grows !== retained.grows) return true;
  const { retained_from_device_ms: known_from_ms, retained_to_device_ms: known_to_ms } = covered;
  if (
    known_from_ms === null ||
    known_to_ms === null ||
    retained.from_ms === null ||
    retained.to_ms === null
  ) {
    return known_from_ms !== retained.from_ms;
  }
  const expected_to_ms = known_to_ms + (covered.grows ? at_ms - covered.observed_at_ms : 0);
  return (
    Math.abs(retained.to_ms - expected_to_ms) > NEWEST_TOLERANCE_MS ||
    retained.from_ms < known_from_ms ||
    retained.from_ms - known_from_ms > OLDEST_TOLERANCE_MS
  );
}

/** True when the database should know of this estimate: another stretch, clearly narrower, or long not told. */
export function isOffsetNews(saved: ClockOffsetEstimate | null, estimate: ClockOffsetEstimate): boolean {
  if (saved === null || saved.epoch_from_ms !== estimate.epoch_from_ms) return true;
  const width_ms = ({ min_ms, max_ms }: ClockOffsetEstimate) => max_ms - min_ms;
  return (
    estimate.last_reading_ms - saved.last_reading_ms >= OFFSET_SAVED_MS ||
    width_ms(saved) - width_ms(estimate) >= OFFSET_NARROWED_MS
  );
}
