import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError } from '@minhchung/domain';
import { SILENT_MS, TAKE_OVER_MS } from '../limits.ts';

interface Holder {
  readonly letGo: () => void;
  last_sign_ms: number;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/** One file being worked on; ends with `unlock`. */
export interface FileLock {
  lock(stop: AbortSignal, letGo: () => void): Promise<void>;
  unlock(): Promise<void>;
}

/**
 * One connection at a time writes a file. A second one is refused at once while bytes come in; where nothing came for
 * a while the first is taken for dead (a phone that changed networks), asked to let go, and the second goes on.
 * Fits the tus server's `Locker`.
 */
export class FileLocks {
  readonly #holders = new Map<string, Holder>();
  readonly #silent_ms: number;

  constructor(silent_ms = SILENT_MS) {
    this.#silent_ms = silent_ms;
  }

  /** Bytes came for this file. */
  sign(id: string): void {
    const holder = this.#holders.get(id);
    if (holder !== undefined) holder.last_sign_ms = performance.now();
  }

  newLock(id: string): FileLock {
    let own: Holder | null = null;
    return {
      lock: async (_stop, letGo) => {
        await this.#outlast(id);
        const { promise: ended, resolve: end } = Promise.withResolvers<void>();
        own = { letGo, last_sign_ms: performance.now(), ended, end };
        this.#holders.set(id, own);
      },
      unlock: async () => {
        if (own === null) return;
        if (this.#holders.get(id) === own) this.#holders.delete(id);
        own.end();
      },
    };
  }

  async #outlast(id: string): Promise<void> {
    const holder = this.#holders.get(id);
    if (holder === undefined) return;
    if (performance.now() - holder.last_sign_ms < this.#silent_ms) throw new CodedError('UPLOAD_BUSY');
    holder.letGo();
    await Promise.race([holder.ended, sleep(TAKE_OVER_MS, undefined, { ref: false })]);
    if (this.#holders.has(id)) throw new CodedError('UPLOAD_BUSY');
  }
}
