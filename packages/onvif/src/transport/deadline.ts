import { CodedError } from '@minhchung/domain';

/** The one end of a call: its caller's cancellation or its absolute deadline, whichever comes first. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** What to throw once the signal has fired: `CANCELLED` or `DEVICE_TIMEOUT`. */
  error(): CodedError;
  /** Gives the timer back. */
  close(): void;
}

/** Starts a deadline. It counts from now, whatever arrives meanwhile. */
export function startDeadline(caller: AbortSignal, deadline_ms: number, address: string): Deadline {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), deadline_ms);
  return {
    signal: AbortSignal.any([caller, timeout.signal]),
    error: () =>
      caller.aborted
        ? new CodedError('CANCELLED')
        : new CodedError('DEVICE_TIMEOUT', { address, deadline_ms }),
    close: () => clearTimeout(timer),
  };
}
