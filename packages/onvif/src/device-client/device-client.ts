import {
  type ClockReading,
  CodedError,
  type DeviceAddress,
  type DeviceClient,
  isCoded,
  type TimeSource,
} from '@minhchung/domain';
import { createRefusedCredentials, type RefusedCredentials } from '../auth/refused-credentials.ts';
import { CALL_DEADLINE_MS, DEVICE_CLOCK_AGE_MS_MAX, SEARCH_DEADLINE_MS } from '../limits.ts';
import { packageRequest, type SoapRequest } from '../soap/envelope.ts';
import { type Deadline, startDeadline } from '../transport/deadline.ts';
import { createHttpPool, type HttpPool } from '../transport/http-pool.ts';
import { SoapClient, type TimedContent } from '../transport/soap-client.ts';
import { textAt, type XmlElement } from '../xml/element.ts';
import { XmlError } from '../xml/xml-error.ts';
import { readSystemDateAndTime } from './device-clock.ts';
import { readProfiles } from './profiles.ts';
import type { RecordingAnswer } from './recording-answers.ts';
import { findRecordedSpans, informationOf, listRecordings, type ServiceCall } from './recordings.ts';
import {
  fromCapabilities,
  fromServices,
  reachableStreamUrl,
  type ServiceAddresses,
  type ServiceName,
} from './service-addresses.ts';

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
}

/** The offset of a device's clock as last seen, for the Created of tokens; by this host's steady clock. */
interface SeenClock {
  readonly offset_ms: number;
  readonly seen_at_ms: number;
}

/** A client of one ONVIF device. Nothing is sent before the first question. */
export function createDeviceClient(options: DeviceClientOptions): DeviceClient {
  const { address, time } = options;
  const device_url = new URL(address.device_url);
  const label = device_url.host;
  const pool = options.pool ?? createHttpPool();
  const call_ms = options.deadline_ms ?? CALL_DEADLINE_MS;
  const search_ms = options.search_deadline_ms ?? Math.max(call_ms, SEARCH_DEADLINE_MS);
  let seen_clock: SeenClock | null = null;
  let services: ServiceAddresses | null = null;
  let known_recordings: readonly RecordingAnswer[] | null = null;

  const soap = new SoapClient({
    address,
    pool,
    time,
    refused: options.refused ?? createRefusedCredentials(),
    deviceNow_ms,
  });
  const clock_request = packageRequest('getSystemDateAndTime');

  /** The device's own idea of now. Where it has none to tell, ours: it is then the best guess for a token. */
  async function deviceNow_ms(deadline: Deadline): Promise<number> {
    if (seen_clock === null || performance.now() - seen_clock.seen_at_ms > DEVICE_CLOCK_AGE_MS_MAX) {
      try {
        toReading(await soap.askOpenly(device_url, clock_request, deadline));
      } catch (error) {
        if (!isCoded(error, 'DEVICE_REFUSED', 'DEVICE_BROKEN', 'DEVICE_UNSUPPORTED')) throw error;
      }
    }
    return time.now_ms() + (seen_clock?.offset_ms ?? 0);
  }

  function toReading({ content, sent_at_ms, received_at_ms }: TimedContent): ClockReading {
    const stated = readSystemDateAndTime(content);
    if ('unknown_because' in stated) {
      throw new CodedError('DEVICE_BROKEN', { address: label, reason: stated.unknown_because });
    }
    const middle_ms = (sent_at_ms + received_at_ms) / 2;
    // ONVIF cuts off the fraction of a second: on average the clock stood half a second further.
    seen_clock = { offset_ms: stated.device_time_ms + 500 - middle_ms, seen_at_ms: performance.now() };
    return { ...stated, resolution_ms: 1000, sent_at_ms, received_at_ms };
  }

  async function within<T>(
    signal: AbortSignal,
    deadline_ms: number,
    act: (deadline: Deadline) => Promise<T>,
  ): Promise<T> {
    const deadline = startDeadline(signal, deadline_ms, label);
    try {
      if (signal.aborted) throw deadline.error();
      return await act(deadline);
    } catch (error) {
      // Escaping refuses names and tokens that XML cannot carry.
      if (error instanceof XmlError) {
        throw new CodedError('DEVICE_BROKEN', { address: label, reason: error.message }, { cause: error });
      }
      throw error;
    } finally {
      deadline.close();
    }
  }

  async function serviceAddresses(deadline: Deadline): Promise<ServiceAddresses> {
    if (services !== null) return services;
    try {
      const answer = await soap.ask(device_url, packageRequest('getServices'), deadline);
      services = fromServices(answer.content, device_url);
    } catch (error) {
      if (!isCoded(error, 'DEVICE_UNSUPPORTED', 'DEVICE_BROKEN')) throw error;
      const answer = await soap.ask(device_url, packageRequest('getCapabilities'), deadline);
      services = fromCapabilities(answer.content, device_url);
    }
    return services;
  }

  async function ask(name: ServiceName, request: SoapRequest, deadline: Deadline): Promise<XmlElement> {
    const url = (await serviceAddresses(deadline)).get(name);
    if (url === undefined) throw new CodedError('DEVICE_UNSUPPORTED', { address: label, feature: name });
    return (await soap.ask(url, request, deadline)).content;
  }

  async function recordingAnswers(deadline: Deadline): Promise<readonly RecordingAnswer[]> {
    const call: ServiceCall = (service, request) => ask(service, request, deadline);
    known_recordings = await listRecordings(call, label);
    return known_recordings;
  }

  return {
    readClock: (signal) =>
      within(signal, call_ms, async (deadline) => {
        try {
          return toReading(await soap.askOpenly(device_url, clock_request, deadline));
        } catch (error) {
          // The standard gives the time to anyone; some devices give it to account holders only.
          if (!isCoded(error, 'DEVICE_REFUSED') || address.username === null) throw error;
          return toReading(await soap.ask(device_url, clock_request, deadline));
        }
      }),

    describe: (signal) =>
      within(signal, call_ms, async (deadline) => {
        const { content } = await soap.ask(device_url, packageRequest('getDeviceInformation'), deadline);
        return {
          manufacturer: textAt(content, 'Manufacturer') ?? '',
          model: textAt(content, 'Model') ?? '',
          firmware_version: textAt(content, 'FirmwareVersion') ?? '',
          serial_number: textAt(content, 'SerialNumber') ?? '',
        };
      }),

    profiles: (signal) =>
      within(signal, call_ms, async (deadline) => {
        const has_media2 = (await serviceAddresses(deadline)).has('media2');
        const request = packageRequest(has_media2 ? 'getMedia2Profiles' : 'getMediaProfiles');
        return readProfiles(await ask(has_media2 ? 'media2' : 'media', request, deadline));
      }),

    recordings: (signal) =>
      within(signal, search_ms, async (deadline) => informationOf(await recordingAnswers(deadline))),

    recordedSpans: (recording_token, device_span, signal) =>
      within(signal, search_ms, async (deadline) => {
        const recordings = known_recordings ?? (await recordingAnswers(deadline));
        const recording = recordings.find((one) => one.information.recording_token === recording_token);
        if (recording === undefined) {
          const reason = `it has no recording ${recording_token}`;
          throw new CodedError('DEVICE_BROKEN', { address: label, reason });
        }
        const call: ServiceCall = (service, request) => ask(service, request, deadline);
        return await findRecordedSpans(call, recording, device_span, label);
      }),

    replayUri: (recording_token, signal) =>
      within(signal, call_ms, async (deadline) => {
        const stated = textAt(
          await ask('replay', packageRequest('getReplayUri', recording_token), deadline),
          'Uri',
        );
        const uri = stated === null ? null : reachableStreamUrl(stated, device_url);
        if (uri === null) {
          throw new CodedError('DEVICE_BROKEN', {
            address: label,
            reason: 'its replay address is no RTSP address',
          });
        }
        return uri;
      }),

    async close() {
      if (options.pool === undefined) pool.close();
    },
  };
}
