/** Hands out a limited number of turns: disks and shares are slower the more ask them at once. */
export class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(at_once: number) {
    this.#free = at_once;
  }

  /** Runs a task when its turn comes, or at once when `signal` is aborted: it then has nothing left to do. */
  async take<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    if (this.#free === 0 && !signal.aborted) await this.#turn(signal);
    this.#free -= 1;
    try {
      return await task();
    } finally {
      this.#free += 1;
      if (this.#free > 0) this.#waiting.shift()?.();
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        const at = this.#waiting.indexOf(go);
        if (at >= 0) this.#waiting.splice(at, 1);
        signal.removeEventListener('abort', go);
        resolve();
      };
      this.#waiting.push(go);
      signal.addEventListener('abort', go, { once: true });
    });
  }
}
