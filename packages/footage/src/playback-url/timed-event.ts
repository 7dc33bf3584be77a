import type { CodedError, ReplayEvent } from '@minhchung/domain';
import { CodedError as Coded } from '@minhchung/domain';

/** What is played, with device times: the same events as those of a replay. */
export type TimedEvent = ReplayEvent;

/** The device's own times contradict one another: nobody knows when its pictures are from. */
export function timesDisagree(address: string, reason_vi: string, reason: string): CodedError {
  return new Coded('PLAYBACK_TIMES_DISAGREE', { address, reason_vi, reason });
}
