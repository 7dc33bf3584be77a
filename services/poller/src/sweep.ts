import type { CameraState } from '@minhchung/domain';
import type { SecretBox, Store } from '@minhchung/store';
import type { Logger } from 'pino';
import { type ClaimedRecorder, type ClaimOptions, claimedPolls } from './claimed-polls.ts';
import { type HostSuspicion, withoutSteps } from './clock/host-suspicion.ts';
import type { HostWatch } from './clock/host-watch.ts';
import type { HostClockState } from './clock/measure-clock.ts';
import { forEachConcurrently } from './concurrency.ts';
import { type Cooldown, nextDue_ms } from './cooldown.ts';
import { createPace } from './pace.ts';
import { type PollOptions, pollClaimed } from './poll-claimed.ts';
import type { RecorderPoll } from './poll-recorder.ts';
import type { FinishedPoll, RecordRules } from './report/record-polls.ts';
import { createReporter, type Reporter } from './report/reporter.ts';

export interface SweepOptions
  extends ClaimOptions,
    Omit<PollOptions, 'pace'>,
    Omit<RecordRules, 'isChannelNews'> {
  readonly store: Store;
  readonly secrets: SecretBox;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly hostClock: () => Promise<HostClockState>;
  /** Blames this host for steps of many clocks at once; absent: every step is the device's own. */
  readonly hostWatch?: Pick<HostWatch, 'begin' | 'judge'>;
  readonly cooldown: Cooldown;
  /** Polls also what is not due yet: a person wants to know now. */
  readonly everything?: boolean;
}

/** What a sweep came to. */
export interface SweepReport {
  readonly recorders: number;
  readonly cameras: number;
  readonly by_state: Readonly<Record<CameraState, number>>;
  readonly changes: number;
  /** Recorders whose result could not be written or whose secret could not be opened: a fault of ours. */
  readonly faults: number;
  readonly duration_ms: number;
}

/**
 * Polls every recorder that is due, once. Several sweeps, in one process or many, share the recorders by lease. One
 * device's trouble never stops the others; what could not be recorded is counted as a fault and logged, not taken for
 * a state of the camera.
 */
export async function sweep(options: SweepOptions, signal: AbortSignal): Promise<SweepReport> {
  const { store, time, logger, memory } = options;
  const started_ms = time.now_ms();
  const host = await options.hostClock();
  if (!host.synchronised) logger.warn('this host is not known to be synchronised: no clock is narrowed');
  if (options.everything === true) await store.polls.makeDue(options.networks, started_ms);

  const by_state = { online: 0, degraded: 0, offline: 0, refused: 0, unknown: 0 };
  const totals = { recorders: 0, cameras: 0, changes: 0, faults: 0 };
  const reporter = createReporter({
    ...{ store, logger, poller_id: options.poller_id },
    rules: { ...options, isChannelNews: (id, key) => memory.isChannelNews(id, key) },
    onRecorded({ recorder_id, states, changes, channels_key }) {
      if (channels_key !== null) memory.noteChannels(recorder_id, channels_key);
      totals.changes += changes;
      totals.cameras += states.length;
      for (const state of states) by_state[state] += 1;
    },
    onFault() {
      totals.faults += 1;
    },
  });

  const poll_options = { ...options, pace: createPace() };
  const suspicion = options.hostWatch?.begin() ?? null;
  /** Polls whose clock stepped: recorded last, when it is known whether it was the host that stepped. */
  const suspects: FinishedPoll[] = [];
  const pollOne = async (recorder: ClaimedRecorder): Promise<void> => {
    totals.recorders += 1;
    try {
      const poll = await pollClaimed(recorder, poll_options, host, signal);
      if (signal.aborted) return;
      if (suspicion === null || poll?.clock == null)
        return await reporter.add(finish(options, recorder, poll));
      suspicion.note(poll.clock, recorder.claimed.offset !== null);
      const finished = finish(options, recorder, poll);
      if (poll.clock.stepped) suspects.push(finished);
      else await reporter.add(suspicion.isHostBlamed() ? quarantined(options, finished) : finished);
    } catch (error) {
      if (signal.aborted) return;
      totals.faults += 1;
      logger.error(
        { err: error, recorder: recorder.claimed.recorder.code },
        'a recorder could not be polled',
      );
    }
  };
  try {
    await forEachConcurrently(claimedPolls(options, started_ms, signal), options.concurrency, pollOne);
    await addSuspects(options, suspicion, suspects, reporter);
  } finally {
    await reporter.drain();
  }
  signal.throwIfAborted();
  return { ...totals, by_state, duration_ms: time.now_ms() - started_ms };
}

async function addSuspects(
  options: SweepOptions,
  suspicion: HostSuspicion | null,
  suspects: readonly FinishedPoll[],
  reporter: Reporter,
): Promise<void> {
  const is_blamed = suspicion !== null && options.hostWatch?.judge(suspicion) === true;
  for (const one of suspects) await reporter.add(is_blamed ? quarantined(options, one) : one);
}

/** The poll without what it says of the clock by a host that is not to be believed; states and coverage stay. */
function quarantined({ memory }: SweepOptions, finished: FinishedPoll): FinishedPoll {
  memory.forgetOffset(finished.claimed.recorder.id);
  const { poll } = finished;
  if (poll?.clock == null) return finished;
  return { ...finished, poll: { ...poll, clock: withoutSteps(poll.clock) } };
}

/** What the poll means for when its recorder is polled next. */
function finish(
  { time, nextSweep, cooldown }: SweepOptions,
  { claimed }: ClaimedRecorder,
  poll: RecorderPoll | null,
): FinishedPoll {
  const at_ms = Math.round(time.now_ms());
  const next_ms = nextSweep(at_ms);
  const outcome = poll?.outcome ?? null;
  const has_failed = outcome !== null && !outcome.answered && outcome.code !== 'DEVICE_REFUSED';
  const failures_in_a_row = has_failed ? claimed.failures_in_a_row + 1 : 0;
  return {
    claimed,
    poll,
    report: {
      recorder_id: claimed.recorder.id,
      lease_token: claimed.lease_token,
      at_ms,
      is_answered: outcome?.answered === true,
      due_at_ms: nextDue_ms(failures_in_a_row, { now_ms: at_ms, next_ms }, cooldown, Math.random()),
      failures_in_a_row,
      refused_at_ms: refusedAt_ms(claimed.refused_at_ms, outcome, at_ms),
    },
  };
}

/** A refusal lasts until credentials are set anew, whatever the device answers without them. */
function refusedAt_ms(
  known_ms: number | null,
  outcome: RecorderPoll['outcome'] | null,
  at_ms: number,
): number | null {
  if (known_ms !== null || outcome === null || outcome.answered) return known_ms;
  return outcome.code === 'DEVICE_REFUSED' ? at_ms : null;
}
