import { CodedError } from '@minhchung/domain';
import { PROBE_WINDOW_MS } from '../limits.ts';

/** Sees to it that one account tries one device at a time, and not too many in a while. */
export class Trials {
  readonly #running = new Set<string>();
  readonly #started = new Map<string, number[]>();

  /** Runs one trial. Throws `PROBE_RUNNING`, `PROBE_TOO_OFTEN`. */
  async run<T>(account_id: string, now_ms: number, max: number, act: () => Promise<T>): Promise<T> {
    if (this.#running.has(account_id)) throw new CodedError('PROBE_RUNNING');
    for (const [id, at] of this.#started) {
      const recent = at.filter((start_ms) => start_ms > now_ms - PROBE_WINDOW_MS);
      if (recent.length === 0) this.#started.delete(id);
      else this.#started.set(id, recent);
    }
    const started = this.#started.get(account_id) ?? [];
    if (started.length >= max) {
      throw new CodedError('PROBE_TOO_OFTEN', { max, window_minutes: PROBE_WINDOW_MS / 60_000 });
    }
    this.#started.set(account_id, [...started, now_ms]);
    this.#running.add(account_id);
    try {
      return await act();
    } finally {
      this.#running.delete(account_id);
    }
  }
}
