import { CodedError } from '@minhchung/domain';
import { BrokenStream } from '../broken-stream.ts';
import { ReadTimeout } from '../session/connection.ts';
import type { FlowSettings } from '../session/session-flow.ts';

/** An error as the ports promise it. */
export function codedError(error: unknown, settings: FlowSettings, signal: AbortSignal): unknown {
  const { label: address } = settings;
  if (signal.aborted) return new CodedError('CANCELLED', {}, { cause: error });
  if (error instanceof CodedError) return error;
  if (error instanceof BrokenStream) {
    return new CodedError('SOURCE_BROKEN', { address, reason: error.message }, { cause: error });
  }
  if (error instanceof ReadTimeout) {
    const reason = `no answer within ${settings.answer_deadline_ms} ms`;
    return new CodedError('SOURCE_UNREACHABLE', { address, reason }, { cause: error });
  }
  const { code } = error as NodeJS.ErrnoException;
  // Everything of ours is one of the above: what is left with a code is the network's word.
  if (code === undefined || code.startsWith('ERR_INVALID')) return error;
  return new CodedError('SOURCE_UNREACHABLE', { address, reason: code }, { cause: error });
}

/** It closed the connection in the middle. */
export function brokenOff(address: string): CodedError {
  const reason = 'the connection broke before the end of the recording';
  return new CodedError('SOURCE_UNREACHABLE', { address, reason });
}

/** It stays connected and sends nothing. */
export function stalled({ label: address, stall_ms }: FlowSettings): CodedError {
  return new CodedError('SOURCE_STALLED', { address, stalled_ms: stall_ms });
}
