import { type ClockOffsetEstimate, type DeviceClient, isCoded, type TimeSource } from '@minhchung/domain';
import type { PollOutcome } from './camera-state.ts';
import type { ClockFinding, ClockMeasurement, HostClockState } from './clock/measure-clock.ts';
import { readClock } from './read-clock.ts';

/** What one poll of one recorder found. */
export interface RecorderPoll {
  readonly outcome: PollOutcome;
  /** Null when the clock could not be read at all. */
  readonly clock: ClockFinding | null;
  /** Where the device was asked for it and said it. */
  readonly firmware_version?: string;
}

/** What a poll asks for. */
export interface RecorderQuestion {
  readonly known_offset: ClockOffsetEstimate | null;
  /**
   * What is asked after the clock: its `recordings`; `sign_in`, one question that needs the account, of a device that
   * only lends its clock to a folder, or plays at its maker's address; or nothing more than the `clock`, of one that refused the account before.
   */
  readonly asks: 'recordings' | 'sign_in' | 'clock';
}

/**
 * Asks one device what it is and holds. Never throws for what a device does; only `signal` ends it early.
 *
 * The clock comes first and needs no credentials, so a refused password still leaves the offset measured.
 */
export async function pollRecorder(
  device: Pick<DeviceClient, 'readClock' | 'recordings' | 'describe'>,
  question: RecorderQuestion,
  host: HostClockState,
  measurement: ClockMeasurement,
  time: TimeSource,
  signal: AbortSignal,
): Promise<RecorderPoll> {
  let clock: ClockFinding | null = null;
  try {
    clock = await readClock(device, question.known_offset, host, measurement, time, signal);
  } catch (error) {
    // A device without a readable clock may still answer the rest; one that is not there will not.
    if (!isCoded(error, 'DEVICE_BROKEN', 'DEVICE_UNSUPPORTED'))
      return { outcome: failure(error), clock: null };
  }
  if (question.asks === 'clock') return { outcome: STILL_REFUSED, clock };
  try {
    if (question.asks === 'recordings') {
      return { outcome: { answered: true, recordings: await device.recordings(signal) }, clock };
    }
    const { firmware_version } = await device.describe(signal);
    return { outcome: { answered: true, recordings: null }, clock, firmware_version };
  } catch (error) {
    return { outcome: failure(error), clock };
  }
}

const STILL_REFUSED: PollOutcome = { answered: false, code: 'DEVICE_REFUSED', reason: '' };

/** What an error of a device means for its poll. */
export function failure(error: unknown): PollOutcome {
  // The deadline of the whole poll shows as an aborted call, not as an error of the device client.
  if (isCoded(error, 'CANCELLED') || (error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name))) {
    return { answered: false, code: 'DEVICE_TIMEOUT', reason: 'timeout' };
  }
  if (!isCoded(error)) return { answered: false, code: 'DEVICE_BROKEN', reason: 'fault' };
  const { reason } = error.details;
  return { answered: false, code: error.code, reason: typeof reason === 'string' ? slug(reason) : '' };
}

/** A stable, short code out of a transport's reason: `connect ECONNREFUSED` → `connection_refused`. */
function slug(reason: string): string {
  if (/ECONNREFUSED|connection refused/i.test(reason)) return 'connection_refused';
  if (/EHOSTUNREACH|ENETUNREACH/i.test(reason)) return 'no_route';
  if (/ENOTFOUND|EAI_AGAIN/i.test(reason)) return 'name_unknown';
  if (/ECONNRESET|EPIPE|socket hang up/i.test(reason)) return 'connection_closed';
  return 'unreachable';
}
