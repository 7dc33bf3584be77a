/**
 * The clock of one RTP stream (RFC 3550, 5.1), counted on over the wrap of its 32 bits, in microseconds from its
 * first timestamp. Where another source begins it goes on from `resume_us`.
 */
export class RtpClock {
  readonly #rate_hz: number;
  #last: number | null = null;
  #ticks = 0;
  #base_us = 0;

  constructor(rate_hz: number) {
    this.#rate_hz = rate_hz;
  }

  /** The time of a timestamp near the last one that was passed on. */
  at(timestamp: number): number {
    const ticks = this.#last === null ? 0 : this.#ticks + ((timestamp - this.#last) | 0);
    return this.#base_us + Math.round((ticks * 1_000_000) / this.#rate_hz);
  }

  /** As `at`, and later timestamps are near this one. */
  advance(timestamp: number): number {
    const time_us = this.at(timestamp);
    if (this.#last !== null) this.#ticks += (timestamp - this.#last) | 0;
    this.#last = timestamp;
    return time_us;
  }

  /** Timestamps begin anew: the next one is at `resume_us`. */
  restart(resume_us: number): void {
    this.#base_us = resume_us;
    this.#ticks = 0;
    this.#last = null;
  }
}
