import type { Bilingual, DeviceAddress, DeviceClient, DeviceMemory, TimeSource } from '@minhchung/domain';
import { createRefusedCredentials, type RefusedCredentials } from '../auth/refused-credentials.ts';
import { CALL_DEADLINE_MS, SEARCH_DEADLINE_MS } from '../limits.ts';
import { packageRequest } from '../soap/envelope.ts';
import type { Deadline } from '../transport/deadline.ts';
import { createHttpPool, type HttpPool } from '../transport/http-pool.ts';
import { textAt } from '../xml/element.ts';
import { createDeviceMemory, LearnedDevice } from './device-memory.ts';
import { DeviceSession } from './device-session.ts';
import { askProfiles, askSnapshotUri, askStreamUri } from './media.ts';
import { nameRecordings } from './named-recordings.ts';
import type { RecordingAnswer } from './recording-answers.ts';
import { findRecordedSpans, listRecordings, type ServiceCall } from './recordings.ts';
import { reachableStreamUrl } from './service-addresses.ts';
import { readSummary } from './summary.ts';

export interface DeviceClientOptions {
  readonly address: DeviceAddress;
  /** May be fractional: readings are only as tight as it is fine. */
  readonly time: TimeSource;
  /** Of one call; default `CALL_DEADLINE_MS`. */
  readonly deadline_ms?: number;
  /** Of `recordings` and `recordedSpans`, which are many calls; default `SEARCH_DEADLINE_MS`. */
  readonly search_deadline_ms?: number;
  /** Shared by all clients of a process where one is handed in, and then closed by its owner. */
  readonly pool?: HttpPool;
  /** Shared likewise, so that a new client does not try again what another was refused. */
  readonly refused?: RefusedCredentials;
  /** What earlier clients of the same device learned, made by `createDeviceMemory`; default: nothing. */
  readonly memory?: DeviceMemory;
}

/** A client of one ONVIF device. Nothing is sent before the first question. */
export function createDeviceClient(options: DeviceClientOptions): DeviceClient {
  const { address, time } = options;
  const pool = options.pool ?? createHttpPool();
  const refused = options.refused ?? createRefusedCredentials();
  const memory = learned(options.memory ?? createDeviceMemory());
  if (memory.account_is_new) refused.forget(address);
  memory.account_is_new = false;
  const call_ms = options.deadline_ms ?? CALL_DEADLINE_MS;
  const search_ms = options.search_deadline_ms ?? Math.max(call_ms, SEARCH_DEADLINE_MS);
  const session = new DeviceSession({ address, time, pool, refused, memory });
  const { label, device_url } = session;
  let last_search: Promise<unknown> = Promise.resolve();
  let known_recordings: readonly RecordingAnswer[] | null = null;

  async function recordingAnswers(deadline: Deadline): Promise<readonly RecordingAnswer[]> {
    known_recordings = await listRecordings(callWithin(deadline), label);
    return known_recordings;
  }

  /** Searches one after the other: recorders give the same token to every search, and mix up their results. */
  function oneSearch<Result>(search: () => Promise<Result>): Promise<Result> {
    const turn = last_search.then(search);
    last_search = turn.catch(() => {});
    return turn;
  }

  const callWithin =
    (deadline: Deadline): ServiceCall =>
    (service, request) =>
      session.ask(service, request, deadline);

  return {
    readClock: (signal) => session.within(signal, call_ms, (deadline) => session.readClock(deadline)),

    describe: (signal) =>
      session.within(signal, call_ms, async (deadline) => {
        const content = await session.askDevice(packageRequest('getDeviceInformation'), deadline);
        return {
          manufacturer: textAt(content, 'Manufacturer') ?? '',
          model: textAt(content, 'Model') ?? '',
          firmware_version: textAt(content, 'FirmwareVersion') ?? '',
          serial_number: textAt(content, 'SerialNumber') ?? '',
        };
      }),

    profiles: (signal) => session.within(signal, call_ms, (deadline) => askProfiles(session, deadline)),

    streamUri: (profile_token, signal) =>
      session.within(signal, call_ms, (deadline) => askStreamUri(session, profile_token, deadline)),

    snapshotUri: (profile_token, signal) =>
      session.within(signal, call_ms, (deadline) => askSnapshotUri(session, profile_token, deadline)),

    summary: (signal) =>
      session.within(signal, call_ms, async (deadline) =>
        readSummary(await session.ask('search', packageRequest('getRecordingSummary'), deadline)),
      ),

    recordings: (signal) =>
      session.within(signal, search_ms, async (deadline) => {
        const answers = await oneSearch(() => recordingAnswers(deadline));
        return await nameRecordings(
          answers.map(({ information }) => information),
          memory,
          {
            profiles: () => askProfiles(session, deadline),
            recordingService: (request) => session.ask('recording', request, deadline),
          },
        );
      }),

    recordedSpans: (recording_token, device_span, signal) =>
      session.within(signal, search_ms, (deadline) =>
        oneSearch(async () => {
          const recordings = known_recordings ?? (await recordingAnswers(deadline));
          const recording = recordings.find((one) => one.information.recording_token === recording_token);
          if (recording === undefined) throw session.broken(notListed(recording_token, recordings.length));
          return await findRecordedSpans(callWithin(deadline), recording, device_span, label);
        }),
      ),

    replayUri: (recording_token, signal) =>
      session.within(signal, call_ms, async (deadline) => {
        const content = await session.ask(
          'replay',
          packageRequest('getReplayUri', recording_token),
          deadline,
        );
        const uri = reachableStreamUrl(textAt(content, 'Uri') ?? '', device_url);
        if (uri === null)
          throw session.broken({
            vi: 'địa chỉ phát lại không phải địa chỉ RTSP',
            en: 'its replay address is no RTSP address',
          });
        return uri;
      }),

    async close() {
      if (options.pool === undefined) pool.close();
    },
  };
}

function learned(memory: DeviceMemory): LearnedDevice {
  if (memory instanceof LearnedDevice) return memory;
  throw new TypeError('A device memory is made by createDeviceMemory.');
}

/** Some recorders list only what was set up over ONVIF, though they record everything else as well. */
function notListed(recording_token: string, listed_count: number): Bilingual {
  if (listed_count > 0) {
    return { vi: `nó không có bản ghi ${recording_token}`, en: `it has no recording ${recording_token}` };
  }
  return {
    vi: 'nó không liệt kê bản ghi nào; một số thiết bị chỉ liệt kê bản ghi được tạo qua ONVIF',
    en: 'it lists no recording at all; some devices list only recordings that were created over ONVIF',
  };
}
