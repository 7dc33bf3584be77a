import type { TimeSource } from '@minhchung/domain';

/** A settable clock for tests. Milliseconds UTC; it moves only when told to. */
export class FakeTime implements TimeSource {
  #now_ms: number;

  constructor(now_ms: number) {
    this.#now_ms = now_ms;
  }

  now_ms(): number {
    return this.#now_ms;
  }

  /** Sets the clock to an instant, forward or back. */
  set(now_ms: number): void {
    this.#now_ms = now_ms;
  }

  /** Moves the clock on by `ms` and returns the new instant. */
  advance(ms: number): number {
    this.#now_ms += ms;
    return this.#now_ms;
  }
}
