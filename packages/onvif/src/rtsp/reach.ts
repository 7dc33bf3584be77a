import { CodedError, type DeviceAddress, isCoded } from '@minhchung/domain';
import { createRefusedCredentials } from '../auth/refused-credentials.ts';
import { RTSP_ANSWER_DEADLINE_MS, RTSP_CONNECT_DEADLINE_MS } from '../limits.ts';
import type { ReplayClientOptions } from './replay-client.ts';
import { ReadTimeout } from './session/connection.ts';
import { RtspRequester } from './session/requester.ts';
import { openConnection } from './session/session-flow.ts';

/** Answers of a service that is there, whatever it thinks of the question. */
const PRESENT: readonly number[] = [400, 401, 403, 404, 405, 453, 454, 501, 503];

/** Whether an RTSP service answers: OPTIONS, which needs no account and starts nothing. */
export interface RtspReach {
  /** Throws `DEVICE_UNREACHABLE`, `DEVICE_TIMEOUT`, `DEVICE_BROKEN`, and what the guard refuses with. */
  options(uri: string, address: DeviceAddress, signal: AbortSignal): Promise<void>;
}

export function createRtspReach(
  options: Pick<ReplayClientOptions, 'guard' | 'pins' | 'connect_deadline_ms' | 'answer_deadline_ms'> = {},
): RtspReach {
  const connect_deadline_ms = options.connect_deadline_ms ?? RTSP_CONNECT_DEADLINE_MS;
  const answer_deadline_ms = options.answer_deadline_ms ?? RTSP_ANSWER_DEADLINE_MS;
  return {
    async options(uri, address, signal) {
      const label = URL.parse(uri)?.host ?? 'rtsp';
      const refused = createRefusedCredentials();
      const settings = {
        ...{ connect_deadline_ms, answer_deadline_ms, stall_ms: answer_deadline_ms, refused, label },
        ...{ guard: options.guard, pins: options.pins ?? null },
      };
      const nobody = { ...address, username: null, password: null };
      try {
        const connection = await openConnection(uri, nobody, settings, signal);
        try {
          const requester = new RtspRequester(connection, nobody, settings);
          await requester.ask('OPTIONS', uri, [], answer_deadline_ms, PRESENT);
        } finally {
          await connection.close(null);
        }
      } catch (error) {
        throw asDeviceError(error, label, answer_deadline_ms, signal);
      }
    },
  };
}

function asDeviceError(error: unknown, address: string, deadline_ms: number, signal: AbortSignal): unknown {
  if (signal.aborted) return new CodedError('CANCELLED', {}, { cause: error });
  if (error instanceof ReadTimeout)
    return new CodedError('DEVICE_TIMEOUT', { address, deadline_ms }, { cause: error });
  // One that wants an account even for this, or is busy, is there.
  if (isCoded(error)) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code ?? message;
  return new CodedError(
    code === undefined ? 'DEVICE_BROKEN' : 'DEVICE_UNREACHABLE',
    { address, reason },
    { cause: error },
  );
}
