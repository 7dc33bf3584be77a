import type { TimeSource } from '@minhchung/domain';
import {
  CodedError,
  type DeviceAddress,
  type DeviceClient,
  type DeviceMemory,
  type RecorderKind,
} from '@minhchung/domain';
import type { ClaimedRecorder } from './claimed-polls.ts';
import type { ClockMeasurement, HostClockState } from './clock/measure-clock.ts';
import { type FolderFollower, pollFolder } from './folder/poll-folder.ts';
import type { Turns } from './folder/turns.ts';
import type { Pace } from './pace.ts';
import { isRtspOnly, pollRtsp, type RtspOptions } from './playback/poll-rtsp.ts';
import { pollRecorder, type RecorderPoll } from './poll-recorder.ts';
import { untilTelling } from './read-clock.ts';
import type { RecorderMemory } from './recorder-memory.ts';

export interface PollOptions {
  readonly time: TimeSource;
  /** Opens a client for a device; closed after its poll. */
  readonly openDevice: (address: DeviceAddress, memory: DeviceMemory | undefined) => DeviceClient;
  /** Makes what clients of one device share from poll to poll; without it every poll begins anew. */
  readonly createDeviceMemory: (() => DeviceMemory) | null;
  readonly memory: RecorderMemory;
  readonly pace: Pace;
  readonly measurement: ClockMeasurement;
  readonly device_deadline_ms: number;
  /** Asks recorders that have nothing but RTSP whether they answer; left out: nobody does. */
  readonly rtspOptions?: RtspOptions;
  /** Follows recording folders; left out: what they hold is not asked for. */
  readonly folders?: { readonly follower: FolderFollower; readonly turns: Turns };
}

/**
 * Polls one claimed recorder: its device, and the folder it keeps its files in. A device that fails speaks for both.
 * Null for one that has neither: there is nothing to ask. Throws `SECRET_UNREADABLE` as `pollDevice`.
 */
export async function pollClaimed(
  recorder: ClaimedRecorder,
  options: PollOptions,
  host: HostClockState,
  signal: AbortSignal,
): Promise<RecorderPoll | null> {
  const { claimed } = recorder;
  const of_device = await pollDevice(recorder, options, host, signal);
  const { folders } = options;
  const is_silent = of_device !== null && !of_device.outcome.answered;
  if (folders === undefined || claimed.recorder.folder === null || is_silent) return of_device;
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(options.device_deadline_ms)]);
  const ask = () => pollFolder(claimed, folders.follower, deadline);
  return { outcome: await folders.turns.take(deadline, ask), clock: of_device?.clock ?? null };
}

/**
 * Polls the device of one claimed recorder. Null for one without a device: there is nothing to ask. Throws `SECRET_UNREADABLE`
 * where its account cannot be opened, and nothing for what a device does.
 */
async function pollDevice(
  { claimed, account, network_cidrs }: ClaimedRecorder,
  options: PollOptions,
  host: HostClockState,
  signal: AbortSignal,
): Promise<RecorderPoll | null> {
  const { recorder } = claimed;
  if (recorder.device_url === null) return null;
  if (account?.credentials instanceof CodedError) throw account.credentials;
  // A refused account is not tried again: the clock is read without one.
  const is_refused = claimed.refused_at_ms !== null;
  const credentials = is_refused ? null : (account?.credentials ?? null);
  const create = options.createDeviceMemory;
  const remembered =
    create === null
      ? null
      : options.memory.recall(recorder.id, recorder.device_url, account?.sealed_at_ms ?? null, create);
  const offset = newer(claimed.offset, remembered?.offset ?? null);
  await untilTelling(offset, host, options.time, signal);
  await options.pace.next();
  const address = {
    device_url: recorder.device_url,
    username: credentials?.username ?? null,
    password: credentials?.password ?? null,
    recorder_id: recorder.id,
    network_cidrs,
  };
  if (isRtspOnly(recorder)) {
    if (options.rtspOptions === undefined) return null;
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(options.device_deadline_ms)]);
    return await pollRtsp(recorder, address, options.rtspOptions, deadline);
  }
  const device = options.openDevice(address, remembered?.device);
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), options.device_deadline_ms);
  const stop = () => deadline.abort();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const poll = await pollRecorder(
      device,
      { known_offset: offset, asks: whatToAsk(recorder.kind, is_refused) },
      host,
      options.measurement,
      options.time,
      deadline.signal,
    );
    const newest = poll.clock?.to_save.at(-1);
    if (remembered !== null && newest !== undefined) remembered.offset = newest;
    return poll;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    await device.close();
  }
}

function whatToAsk(kind: RecorderKind, is_refused: boolean) {
  if (is_refused) return 'clock';
  return kind === 'onvif' ? 'recordings' : 'sign_in';
}

/** Another poller may have read the clock since we did, and saved it. */
function newer<T extends { readonly last_reading_ms: number }>(
  saved: T | null,
  remembered: T | null,
): T | null {
  if (saved === null || remembered === null) return saved ?? remembered;
  return remembered.last_reading_ms >= saved.last_reading_ms ? remembered : saved;
}
