import { CodedError } from '@minhchung/domain';

export interface PaceLimits {
  /** For messages: where the footage comes from. */
  readonly address: string;
  /** A source that sends less footage than this in a minute of waiting for it is broken off; 0: never. */
  readonly floor_media_s_per_minute: number;
  /** Longest time for asking and reading, in all. */
  readonly deadline_ms: number;
}

/** Holds a source to a least pace and an end. */
export interface Pace {
  /**
   * Waits for the source, also for one that hears of no signal. Throws `SOURCE_TOO_SLOW`, `ITEM_DEADLINE`, `CANCELLED`
   * when the signal aborts, and what waiting throws.
   */
  wait<T>(ask: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** A frame came. */
  saw(device_time_us: number): void;
  close(): void;
}

const WINDOW_MS = 60_000;
const LOOK_MS = 1_000;

/**
 * A source may be slow, but not endless. Only the time spent waiting for it counts against the floor, so that a slow
 * archive is not blamed on it; and footage counts by its own time, so that a quiet street at night with few bits is
 * no trickle. `clock_ms` is monotonic.
 */
export function createPace(
  limits: PaceLimits,
  clock_ms: () => number = () => performance.now(),
  look_ms: number = LOOK_MS,
): Pace {
  const started_ms = clock_ms();
  let waiting_since_ms: number | null = null;
  let waited_ms = 0;
  let media_us = 0;
  let last_us: number | null = null;
  let refuse: ((error: CodedError) => void) | null = null;
  const timer = setInterval(look, look_ms);
  timer.unref();

  function waitedNow(): number {
    return waited_ms + (waiting_since_ms === null ? 0 : clock_ms() - waiting_since_ms);
  }

  function look(): void {
    const fault = faultNow();
    if (fault !== null) refuse?.(fault);
  }

  function faultNow(): CodedError | null {
    if (clock_ms() - started_ms > limits.deadline_ms) {
      return new CodedError('ITEM_DEADLINE', { minutes: Math.round(limits.deadline_ms / 60_000) });
    }
    if (waitedNow() < WINDOW_MS) return null;
    const media_s = Math.round(media_us / 100_000) / 10;
    const seconds = Math.round(waitedNow() / 1000);
    waited_ms = 0;
    media_us = 0;
    if (waiting_since_ms !== null) waiting_since_ms = clock_ms();
    if (media_s >= limits.floor_media_s_per_minute) return null;
    return new CodedError('SOURCE_TOO_SLOW', { address: limits.address, media_s, seconds });
  }

  return {
    async wait(ask, signal) {
      waiting_since_ms = clock_ms();
      const letGo = () => refuse?.(new CodedError('CANCELLED'));
      signal?.addEventListener('abort', letGo, { once: true });
      try {
        return await new Promise((resolve, reject) => {
          refuse = reject;
          if (signal?.aborted) letGo();
          else ask().then(resolve, reject);
        });
      } finally {
        signal?.removeEventListener('abort', letGo);
        refuse = null;
        waited_ms = waitedNow();
        waiting_since_ms = null;
      }
    },
    saw(device_time_us) {
      // Frames are reordered and clocks are set: only going forward is progress.
      if (last_us !== null && device_time_us > last_us) media_us += device_time_us - last_us;
      last_us = device_time_us;
    },
    close: () => clearInterval(timer),
  };
}
