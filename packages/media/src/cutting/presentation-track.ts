import type { MediaPacket } from '@minhchung/domain';

/** Follows presentation times, in decode order, across the groups of pictures of one stretch of footage. */
export class PresentationTrack {
  readonly #gap_min_us: number;
  #keyframe_us: number | null = null;
  #previous_keyframe_us: number | null = null;
  /** Latest presentation seen in the stretch. */
  #latest_us = Number.NEGATIVE_INFINITY;
  /** A picture presented after the current keyframe has been decoded: no leading pictures can follow. */
  #leading_over = false;

  constructor(gap_min_us: number) {
    this.#gap_min_us = gap_min_us;
  }

  get has_keyframe(): boolean {
    return this.#keyframe_us !== null;
  }

  reset(): void {
    this.#keyframe_us = null;
    this.#previous_keyframe_us = null;
    this.#latest_us = Number.NEGATIVE_INFINITY;
    this.#leading_over = false;
  }

  /**
   * True when a packet cannot continue the stretch: a keyframe that lies further behind the last frame than
   * frames do, or any packet from whose time it follows that the clock stepped back.
   */
  breaksBefore(packet: MediaPacket): boolean {
    if (this.#keyframe_us === null) return false;
    const time_us = packet.device_time_us;
    // Everything decoded before a keyframe is also shown before it (H.265 8.1.3, H.264 7.4.1.2.4).
    if (packet.is_keyframe) return time_us - this.#latest_us > this.#gap_min_us || time_us <= this.#latest_us;
    // Pictures shown before their keyframe are decoded right after it, and follow the keyframe before.
    if (this.#leading_over) return time_us < this.#keyframe_us;
    return this.#previous_keyframe_us !== null && time_us < this.#previous_keyframe_us;
  }

  add(packet: MediaPacket): void {
    if (packet.is_keyframe) {
      this.#previous_keyframe_us = this.#keyframe_us;
      this.#keyframe_us = packet.device_time_us;
      this.#leading_over = false;
    } else if (this.#keyframe_us !== null && packet.device_time_us > this.#keyframe_us) {
      this.#leading_over = true;
    }
    this.#latest_us = Math.max(this.#latest_us, packet.device_time_us);
  }

  /**
   * True when no packet of this stretch that is still to come can be shown before `end_us`: the current group
   * of pictures begins at or after it and its leading pictures (shown before their keyframe, decoded right
   * after it) are over, or the group before it did already.
   */
  provesPast(end_us: number): boolean {
    if (this.#keyframe_us === null || this.#keyframe_us < end_us) return false;
    return (
      this.#leading_over || (this.#previous_keyframe_us !== null && this.#previous_keyframe_us >= end_us)
    );
  }
}
