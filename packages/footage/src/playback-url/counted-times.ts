import type { PlaybackEvent } from '@minhchung/domain';
import { KEYFRAMES_REMEMBERED_MAX } from './limits.ts';
import { type TimedEvent, timesDisagree } from './timed-event.ts';

/**
 * Times of one play counted over RTP time from what was asked. Remembers its keyframes, so that a second play that
 * asks for another instant shows whether counting was right (`check`).
 */
export class CountedTimes {
  readonly #address: string;
  readonly #base_us: number;
  readonly #keyframe_interval_us: number;
  readonly #digestOf: (data: Uint8Array) => string;
  /** Pictures of a scene that stands still may be the same bytes. */
  readonly #keyframes = new Map<string, number[]>();
  #remembered = 0;
  #last_keyframe_us: number | null = null;

  /** `first_ms`: the earliest the first picture can be from. */
  constructor(
    address: string,
    first_ms: number,
    keyframe_interval_ms: number,
    digestOf: (data: Uint8Array) => string,
  ) {
    this.#address = address;
    this.#base_us = first_ms * 1_000;
    this.#keyframe_interval_us = keyframe_interval_ms * 1_000;
    this.#digestOf = digestOf;
  }

  push(event: PlaybackEvent): TimedEvent[] {
    if (event.type === 'unit') {
      const { media_time_us, is_keyframe, discontinuity, data } = event.unit;
      const device_time_us = this.#base_us + media_time_us;
      if (is_keyframe) this.#remember(data, device_time_us);
      return [{ type: 'unit', unit: { device_time_us, is_keyframe, discontinuity, data } }];
    }
    if (event.type === 'audio' || event.type === 'metadata') {
      const { media_time_us, data } = event.packet;
      return [{ type: event.type, packet: { device_time_us: this.#base_us + media_time_us, data } }];
    }
    return [event];
  }

  /**
   * A second play that was asked for `asked_ms` began with this keyframe. Throws `PLAYBACK_TIMES_DISAGREE` where it
   * was never seen, or was counted as of another time than asked: something is missing that counting passed over.
   */
  check(
    data: Uint8Array,
    asked_ms: number,
    tolerance_ms: { readonly before: number; readonly after: number },
  ): void {
    const counted = this.#keyframes.get(this.#digestOf(data));
    if (counted === undefined) {
      throw timesDisagree(
        this.#address,
        'hỏi lại lần hai thì ra hình khác',
        'asked a second time it plays other pictures',
      );
    }
    const off = counted.map((counted_us) => counted_us / 1_000 - asked_ms);
    if (off.some((off_ms) => off_ms >= -tolerance_ms.before && off_ms <= tolerance_ms.after)) return;
    const off_ms = off[0]!;
    const off_s = (off_ms / 1_000).toFixed(1);
    throw timesDisagree(
      this.#address,
      `đếm từ lúc hỏi thì lệch ${off_s} giây: có đoạn bị thiếu`,
      `counting from what was asked is off by ${off_s} s: something is missing in between`,
    );
  }

  #remember(data: Uint8Array, device_time_us: number): void {
    const last_us = this.#last_keyframe_us;
    // A tenth more than was ever seen is the encoder's own spread.
    if (last_us !== null && device_time_us - last_us > this.#keyframe_interval_us * 1.1 + 200_000) {
      throw timesDisagree(
        this.#address,
        'khoảng cách hình khóa dài hơn lúc hiệu chỉnh',
        'its keyframes lie further apart than when it was calibrated',
      );
    }
    this.#last_keyframe_us = device_time_us;
    if (this.#remembered >= KEYFRAMES_REMEMBERED_MAX) return;
    this.#remembered += 1;
    const digest = this.#digestOf(data);
    const known = this.#keyframes.get(digest);
    if (known === undefined) this.#keyframes.set(digest, [device_time_us]);
    else known.push(device_time_us);
  }
}
