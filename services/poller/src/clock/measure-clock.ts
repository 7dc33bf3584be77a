import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ClockOffsetEstimate,
  type ClockReading,
  type DeviceClient,
  type Narrowing,
  narrow,
  nextReadingDelay_ms,
  type TimeSource,
} from '@minhchung/domain';

/** How a clock is measured; from settings. */
export interface ClockMeasurement {
  /** Enough is known when the interval is no wider than this. */
  readonly target_width_ms: number;
  /** Readings in one poll at most; six halve one second to about 30 ms. */
  readonly readings_max: number;
  readonly drift_ppm: number;
}

/** What is known of this host's own clock when a device's is read. */
export interface HostClockState {
  readonly synchronised: boolean;
  /** How far from true time it may be, in milliseconds. */
  readonly bound_ms: number;
}

/** The outcome of measuring one clock: what to save (null: nothing changed) and what the device said last. */
export interface ClockFinding {
  /** New or narrowed estimates, oldest first: more than one when the clock stepped between two readings. */
  readonly to_save: readonly ClockOffsetEstimate[];
  readonly stepped: boolean;
  readonly readings: number;
  /** Device clock minus this host's clock as last read; null when it could not be read. */
  readonly last_difference_ms: number | null;
}

/**
 * Reads a device's clock until its offset is known to `target_width_ms`, each reading timed so that its answer
 * halves the interval. The first reading goes out at once; in steady state, when what is known (widened for drift
 * since) is still narrow enough, it is also the only one.
 */
export async function measureClock(
  device: Pick<DeviceClient, 'readClock'>,
  known: ClockOffsetEstimate | null,
  host: HostClockState,
  measurement: ClockMeasurement,
  time: TimeSource,
  signal: AbortSignal,
): Promise<ClockFinding> {
  const to_save = new Map<number, ClockOffsetEstimate>();
  let estimate = known;
  let stepped = false;
  let readings = 0;
  let last_difference_ms: number | null = null;
  let rtt_ms = 0;

  while (readings < measurement.readings_max) {
    const wait_ms = readings === 0 ? 0 : nextReadingDelay_ms(estimate, time.now_ms(), rtt_ms, 1000);
    if (wait_ms > 0 && !(await slept(wait_ms, signal))) break;
    const reading = await readOrStop(device, readings > 0, signal);
    if (reading === null) break;
    readings += 1;
    rtt_ms = reading.received_at_ms - reading.sent_at_ms;
    last_difference_ms = reading.device_time_ms - reading.received_at_ms;

    const result: Narrowing = narrow(estimate, reading, {
      drift_ppm: measurement.drift_ppm,
      host_bound_ms: host.bound_ms,
      host_synchronised: host.synchronised,
    });
    if (result.kind === 'unchanged') break;
    stepped ||= result.kind === 'step';
    estimate = result.estimate;
    to_save.set(estimate.epoch_from_ms, estimate);
    if (estimate.max_ms - estimate.min_ms <= measurement.target_width_ms) break;
  }
  return { to_save: [...to_save.values()], stepped, readings, last_difference_ms };
}

/** Null instead of an error where readings were already made: what they told is kept. */
async function readOrStop(
  device: Pick<DeviceClient, 'readClock'>,
  has_readings: boolean,
  signal: AbortSignal,
): Promise<ClockReading | null> {
  try {
    return await device.readClock(signal);
  } catch (error) {
    if (has_readings) return null;
    throw error;
  }
}

/** False when the signal ended the pause. */
async function slept(wait_ms: number, signal: AbortSignal): Promise<boolean> {
  return sleep(wait_ms, true, { signal }).catch(() => false);
}
