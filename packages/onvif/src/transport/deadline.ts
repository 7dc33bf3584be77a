import { CodedError } from '@minhchung/domain';

/** The one end of a question: its caller's cancellation or its absolute deadline, whichever comes first. */
export interface Deadline {
  readonly is_over: boolean;
  /** What to throw once it is over: `CANCELLED` or `DEVICE_TIMEOUT`. */
  error(): CodedError;
  /** Acts when it is over, unless that is taken back by calling what is returned. */
  whenOver(act: () => void): () => void;
  /** Gives the timer back. */
  close(): void;
}

/**
 * Starts a deadline. It counts from now, whatever arrives meanwhile. Made for every question to every device, it
 * spares the composed signals that would say the same at many times the cost.
 */
export function startDeadline(caller: AbortSignal, deadline_ms: number, address: string): Deadline {
  const acts = new Set<() => void>();
  let is_over = caller.aborted;
  const end = () => {
    is_over = true;
    for (const act of [...acts]) act();
  };
  const timer = setTimeout(end, deadline_ms);
  caller.addEventListener('abort', end);
  return {
    get is_over() {
      return is_over;
    },
    error: () =>
      caller.aborted
        ? new CodedError('CANCELLED')
        : new CodedError('DEVICE_TIMEOUT', { address, deadline_ms }),
    whenOver(act) {
      acts.add(act);
      return () => void acts.delete(act);
    },
    close() {
      clearTimeout(timer);
      caller.removeEventListener('abort', end);
    },
  };
}
