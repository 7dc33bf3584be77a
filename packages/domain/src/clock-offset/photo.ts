import type { ClockReading } from '../clock-reading.ts';
import { CodedError } from '../errors.ts';

/**
 * A clock read by a person's eye: the device's screen beside a page that knows the server's time.
 *
 * The server hands out a challenge at a true time `issued_at_ms`. The page receives it within one round trip and
 * counts from then on with its own monotonic clock, so that neither the zone nor the setting of the phone's clock
 * matters. `elapsed_ms` after receiving it the person saw `shown_ms` on the device's screen.
 */
export interface ClockSight {
  /** What the device showed, to the second, as milliseconds UTC. */
  readonly shown_ms: number;
  readonly issued_at_ms: number;
  readonly round_trip_ms: number;
  readonly elapsed_ms: number;
  /** When the entry reached the server; nothing can have been seen later. */
  readonly entered_at_ms: number;
}

/** How far a person's eye and hand can be trusted; from settings. */
export interface SightBounds {
  /** A person presses this much too early or too late at most. */
  readonly human_bound_ms: number;
  /** A challenge older than this is refused. */
  readonly challenge_valid_ms: number;
}

/** Screens show whole seconds. */
const SHOWN_RESOLUTION_MS = 1000;
/** Phones' oscillators stay far within this. */
const PHONE_DRIFT_PPM = 200;

/**
 * The reading that follows, with bounds that surely hold. Throws `CLOCK_CHALLENGE_EXPIRED` for a sight too long
 * after the challenge, `CLOCK_SIGHT_IMPOSSIBLE` for one that lies before its challenge or after its entry.
 */
export function readingOfSight(sight: ClockSight, bounds: SightBounds): ClockReading {
  const { shown_ms, issued_at_ms, round_trip_ms, elapsed_ms, entered_at_ms } = sight;
  if (elapsed_ms > bounds.challenge_valid_ms || entered_at_ms - issued_at_ms > bounds.challenge_valid_ms) {
    throw new CodedError('CLOCK_CHALLENGE_EXPIRED', { minutes: bounds.challenge_valid_ms / 60_000 });
  }
  const drift_ms = (elapsed_ms * PHONE_DRIFT_PPM) / 1_000_000;
  const earliest_ms = issued_at_ms + elapsed_ms - drift_ms;
  const latest_ms = Math.min(issued_at_ms + round_trip_ms + elapsed_ms + drift_ms, entered_at_ms);
  if (elapsed_ms < 0 || round_trip_ms < 0 || latest_ms < earliest_ms) {
    throw new CodedError('CLOCK_SIGHT_IMPOSSIBLE', {});
  }
  return {
    device_time_ms: Math.floor(shown_ms / SHOWN_RESOLUTION_MS) * SHOWN_RESOLUTION_MS,
    resolution_ms: SHOWN_RESOLUTION_MS,
    sent_at_ms: earliest_ms - bounds.human_bound_ms,
    received_at_ms: latest_ms + bounds.human_bound_ms,
    method: 'photo',
  };
}
