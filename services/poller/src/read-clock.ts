import { setTimeout as pause } from 'node:timers/promises';
import {
  type ClockOffsetEstimate,
  type DeviceClient,
  nextReadingDelay_ms,
  type TimeSource,
} from '@minhchung/domain';
import {
  type ClockFinding,
  type ClockMeasurement,
  type HostClockState,
  measureClock,
} from './clock/measure-clock.ts';

import { MEASURING_MS_MAX } from './limits.ts';

/** ONVIF states whole seconds: an interval wider than this is not halved by one reading. */
const RESOLUTION_MS = 1_000;

/** Waits for the instant, within a second, at which a reading of a known clock tells most. */
export async function untilTelling(
  known: ClockOffsetEstimate | null,
  host: HostClockState,
  time: TimeSource,
  signal: AbortSignal,
): Promise<void> {
  if (known === null || known.max_ms - known.min_ms > RESOLUTION_MS || !host.synchronised) return;
  await pause(nextReadingDelay_ms(known, time.now_ms(), 0, RESOLUTION_MS), undefined, { signal });
}

/**
 * What a poll learns of a clock. One that is known already is read once, after `untilTelling`: the interval stays
 * narrow, or becomes so within a few sweeps, for one request a sweep. One that is not known yet, or was set since, is
 * measured with as many readings as that takes, or as fit into `MEASURING_MS_MAX`: a device that takes seconds for
 * every answer is to be asked for its recordings too.
 */
export async function readClock(
  device: Pick<DeviceClient, 'readClock'>,
  known: ClockOffsetEstimate | null,
  host: HostClockState,
  measurement: ClockMeasurement,
  time: TimeSource,
  signal: AbortSignal,
): Promise<ClockFinding> {
  const measuring = () => AbortSignal.any([signal, AbortSignal.timeout(MEASURING_MS_MAX)]);
  if (known === null || !host.synchronised) {
    return await measureClock(device, known, host, measurement, time, measuring());
  }
  const once = { ...measurement, readings_max: 1 };
  const finding = await measureClock(device, known, host, once, time, signal);
  const anew = finding.to_save.at(-1);
  if (!finding.stepped || anew === undefined) return finding;
  const measured = await measureClock(device, anew, host, measurement, time, measuring());
  return {
    ...measured,
    to_save: [...finding.to_save.slice(0, -1), ...(measured.to_save.length > 0 ? measured.to_save : [anew])],
    stepped: true,
    readings: finding.readings + measured.readings,
    last_difference_ms: measured.last_difference_ms ?? finding.last_difference_ms,
  };
}
