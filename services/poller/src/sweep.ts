import type { CameraState, DeviceAddress, DeviceClient, TimeSource } from '@minhchung/domain';
import type { PollableRecorder, SecretBox, Store } from '@minhchung/store';
import type { Logger } from 'pino';
import { forEachConcurrently } from './concurrency.ts';
import type { ClockMeasurement, HostClockState } from './clock/measure-clock.ts';
import { pollRecorder } from './poll-recorder.ts';
import { recordPoll } from './record-poll.ts';

export interface SweepOptions {
  readonly store: Store;
  readonly secrets: SecretBox;
  readonly time: TimeSource;
  readonly logger: Logger;
  /** Opens a client for a device; closed after its poll. */
  readonly openDevice: (address: DeviceAddress) => DeviceClient;
  readonly hostClock: () => Promise<HostClockState>;
  readonly measurement: ClockMeasurement;
  /** Codes of the networks this poller serves; null: all. */
  readonly networks: readonly string[] | null;
  readonly concurrency: number;
  /** One device's whole poll, readings and pauses between them included. */
  readonly device_deadline_ms: number;
  /** A recording older than this by the device's own clock has stopped. */
  readonly stale_ms: number;
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

const RECORDERS_PER_PAGE = 200;

/**
 * Polls every recorder once. One device's trouble never stops the others; what could not be recorded is counted
 * as a fault and logged, not taken for a state of the camera.
 */
export async function sweep(options: SweepOptions, signal: AbortSignal): Promise<SweepReport> {
  const started_ms = options.time.now_ms();
  const host = await options.hostClock();
  if (!host.synchronised)
    options.logger.warn('this host is not known to be synchronised: no clock is narrowed');
  const by_state: Record<CameraState, number> = {
    online: 0,
    degraded: 0,
    offline: 0,
    refused: 0,
    unknown: 0,
  };
  const totals = { recorders: 0, cameras: 0, changes: 0, faults: 0 };

  await forEachConcurrently(pollableRecorders(options), options.concurrency, async (pollable) => {
    signal.throwIfAborted();
    totals.recorders += 1;
    try {
      const { states, changes } = await pollOne(options, pollable, host, signal);
      totals.changes += changes;
      for (const state of Object.values(states)) {
        by_state[state] += 1;
        totals.cameras += 1;
      }
    } catch (error) {
      signal.throwIfAborted();
      totals.faults += 1;
      options.logger.error({ err: error, recorder: pollable.recorder.code }, 'a poll could not be recorded');
    }
  });
  return { ...totals, by_state, duration_ms: options.time.now_ms() - started_ms };
}

async function* pollableRecorders(options: SweepOptions): AsyncGenerator<PollableRecorder> {
  let after: string | null = null;
  do {
    const page = await options.store.recorders.pollable({
      network_codes: options.networks,
      limit: RECORDERS_PER_PAGE,
      after,
    });
    yield* page.rows;
    after = page.next;
  } while (after !== null);
}

async function pollOne(
  options: SweepOptions,
  { recorder }: PollableRecorder,
  host: HostClockState,
  signal: AbortSignal,
) {
  const { store, time } = options;
  const cameras = (await store.cameras.ofRecorder(recorder.id)).filter((camera) => camera.reach === 'polled');
  if (recorder.device_url === null) return { states: {}, changes: 0 };
  const credentials = await store.credentials.open(recorder.id, options.secrets);
  const history = await store.clockOffsets.historyOf(recorder.clock_id);
  const device = options.openDevice({
    device_url: recorder.device_url,
    username: credentials?.username ?? null,
    password: credentials?.password ?? null,
  });
  try {
    const poll = await pollRecorder(
      device,
      { known_offset: history.at(-1) ?? null, has_recordings: recorder.kind === 'onvif' },
      host,
      options.measurement,
      time,
      AbortSignal.any([signal, AbortSignal.timeout(options.device_deadline_ms)]),
    );
    signal.throwIfAborted();
    return await recordPoll(store, recorder, cameras, poll, time.now_ms(), options.stale_ms);
  } finally {
    await device.close();
  }
}
