import type { ClockOffsetEstimate, DeviceMemory } from '@minhchung/domain';

/** What a process keeps of one recorder from sweep to sweep, to ask the device and the database less. */
export interface RememberedRecorder {
  readonly device: DeviceMemory;
  /** What the device memory was learned with: another address is another device. */
  readonly device_url: string;
  /** When the account was set that it was learned with; null: without one. */
  account_set_at_ms: number | null;
  /** The newest estimate of its clock, which the database may know a little wider. */
  offset: ClockOffsetEstimate | null;
  /** The channels that were written down last, as `channelsKey` names them; null: none yet. */
  channels_key: string | null;
}

/** Remembers recorders, the longest unused forgotten first once there are too many. */
export class RecorderMemory {
  readonly #remembered = new Map<string, RememberedRecorder>();
  readonly #recorders_max: number;

  constructor(recorders_max: number) {
    this.#recorders_max = recorders_max;
  }

  get size(): number {
    return this.#remembered.size;
  }

  /** Forgets what was measured of a clock by a host that is not to be believed; the database still knows. */
  forgetOffset(recorder_id: string): void {
    const known = this.#remembered.get(recorder_id);
    if (known !== undefined) known.offset = null;
  }

  /** True when these channels are not those that were written down last, as far as this process remembers. */
  isChannelNews(recorder_id: string, channels_key: string): boolean {
    return this.#remembered.get(recorder_id)?.channels_key !== channels_key;
  }

  /** To be called when they are written down. */
  noteChannels(recorder_id: string, channels_key: string): void {
    const known = this.#remembered.get(recorder_id);
    if (known !== undefined) known.channels_key = channels_key;
  }

  /**
   * What is remembered of a recorder, made by `create` where there is nothing or its address changed. An account
   * set anew lets the device memory forget the old one.
   */
  recall(
    recorder_id: string,
    device_url: string,
    account_set_at_ms: number | null,
    create: () => DeviceMemory,
  ): RememberedRecorder {
    let known = this.#remembered.get(recorder_id);
    if (known !== undefined) this.#remembered.delete(recorder_id);
    if (known?.device_url !== device_url) {
      known = { device: create(), device_url, account_set_at_ms, offset: null, channels_key: null };
    }
    if (known.account_set_at_ms !== account_set_at_ms) {
      known.device.forgetAccount();
      known.account_set_at_ms = account_set_at_ms;
    }
    this.#remembered.set(recorder_id, known);
    if (this.#remembered.size > this.#recorders_max) {
      this.#remembered.delete(this.#remembered.keys().next().value!);
    }
    return known;
  }
}
