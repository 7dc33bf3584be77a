import type { ClockOffsetEstimate, DeviceSeen } from '@minhchung/domain';
import type { RecorderPoll } from '../poll-recorder.ts';

/** What a poll says of whether the finding of a playback recorder still counts. */
export function deviceSeen(poll: RecorderPoll, known: ClockOffsetEstimate | null): DeviceSeen {
  const newest = poll.clock?.stepped === true ? poll.clock.to_save.at(-1) : undefined;
  const clock_step_ms = newest === undefined || known === null ? null : middle(newest) - middle(known);
  return { firmware_version: poll.firmware_version ?? null, clock_step_ms };
}

function middle({ min_ms, max_ms }: ClockOffsetEstimate): number {
  return (min_ms + max_ms) / 2;
}
