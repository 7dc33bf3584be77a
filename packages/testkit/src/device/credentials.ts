import type { TimeSource } from '@minhchung/domain';
import { type DeviceQuirks, LOCK_MS } from './quirks.ts';

/** Account of a simulated device. `setPassword` makes what a client was given wrong. */
export class Credentials {
  readonly username: string;
  readonly #time: TimeSource;
  readonly #quirks: DeviceQuirks;
  #password: string;
  #locked_until_ms = Number.NEGATIVE_INFINITY;
  #refusals_in_a_row = 0;
  /** How often a client was refused: a client must stop after the first time. */
  refusal_count = 0;

  constructor(username: string, password: string, time: TimeSource, quirks: DeviceQuirks) {
    this.username = username;
    this.#password = password;
    this.#time = time;
    this.#quirks = quirks;
  }

  get password(): string {
    return this.#password;
  }

  /** True while the account is locked (quirk 13). */
  get is_locked(): boolean {
    return this.#time.now_ms() < this.#locked_until_ms;
  }

  setPassword(password: string): void {
    this.#password = password;
  }

  /** Counts a refusal, and locks the account when there were too many in a row. */
  countRefusal(): void {
    this.refusal_count += 1;
    this.#refusals_in_a_row += 1;
    const { locks_after_refusals } = this.#quirks;
    if (locks_after_refusals === null || this.#refusals_in_a_row < locks_after_refusals) return;
    this.#locked_until_ms = this.#time.now_ms() + LOCK_MS;
    this.#refusals_in_a_row = 0;
  }

  /** Somebody signed in: refusals are counted from the beginning. */
  countAcceptance(): void {
    this.#refusals_in_a_row = 0;
  }
}
