import { POLLS_BEGUN_PER_TURN } from './limits.ts';

/** Lets polls begin a few at a time. */
export interface Pace {
  /** Resolves when it is the caller's turn to begin. */
  next(): Promise<void>;
}

/**
 * A few polls begin in every turn of the event loop, after what has come in from devices was worked off. Where
 * devices are slow turns are short and nobody waits; where the processor is what is scarce, polls under way are ended
 * before others are begun, instead of all going on side by side and keeping their sockets and buffers alive.
 */
export function createPace(): Pace {
  const waiting: (() => void)[] = [];
  const turn = () => {
    for (const begin of waiting.splice(0, POLLS_BEGUN_PER_TURN)) begin();
    if (waiting.length > 0) setImmediate(turn);
  };
  return {
    next() {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(turn);
      return promise;
    },
  };
}
