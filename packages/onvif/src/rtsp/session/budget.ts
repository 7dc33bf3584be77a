import {
  REPLAY_BITS_PER_S_MAX,
  REPLAY_DURATION_FACTOR_MAX,
  REPLAY_EXTRA_BYTES,
  REPLAY_EXTRA_MS,
  REPLAY_PACKETS_PER_S_MAX,
} from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';

/** How much of everything one replay may take, connections that continue it included: nothing plays for ever. */
export class SessionBudget {
  #bytes: number;
  #packets: number;
  readonly #until_ms: number;
  #unwatched = 0;

  /** For footage that lasts `media_ms`. */
  constructor(media_ms: number, now_ms = performance.now()) {
    const media_s = media_ms / 1000;
    this.#bytes = REPLAY_EXTRA_BYTES + (media_s * REPLAY_BITS_PER_S_MAX) / 8;
    this.#packets = REPLAY_EXTRA_BYTES / 100 + media_s * REPLAY_PACKETS_PER_S_MAX;
    this.#until_ms = now_ms + REPLAY_EXTRA_MS + media_ms * REPLAY_DURATION_FACTOR_MAX;
  }

  /** One packet more. Throws `BrokenStream` where it is one too many. */
  spend(size_bytes: number): void {
    this.#bytes -= size_bytes;
    this.#packets -= 1;
    if (this.#bytes < 0 || this.#packets < 0) throw new BrokenStream('far more data than the span can hold');
    this.#unwatched += 1;
    if (this.#unwatched < PACKETS_BETWEEN_LOOKS) return;
    this.#unwatched = 0;
    if (performance.now() > this.#until_ms) throw new BrokenStream('a replay that does not come to its end');
  }
}

/** The clock is looked at now and then only: a look costs as much as a packet. */
const PACKETS_BETWEEN_LOOKS = 64;
