import { type FootageEvent, type ReplayEvent, type StreamDescription, sameStream } from '@minhchung/domain';

/**
 * Turns the replays of several stretches into one flow of footage. Pure: replay events in, footage events out.
 *
 * - A `discontinuity` where the device sets its D bit, between two stretches, and where its clock steps back.
 * - After one, nothing until the next keyframe: what comes before it cannot be decoded.
 * - A recorder begins at the keyframe before what it was asked for, which may lie in the stretch before: frames
 *   that came already are passed over, so none comes twice.
 * - A `stream` event only where the stream is another than before.
 */
export class JoinedReplays {
  #stream: StreamDescription | null = null;
  #newest_us = Number.NEGATIVE_INFINITY;
  /** Frames up to here came with an earlier stretch. */
  #delivered_us = Number.NEGATIVE_INFINITY;
  #must_break = false;
  #needs_keyframe = true;
  readonly #other_streams = new Set<string>();

  /** Other streams the device offered, as far as they were named. */
  get other_streams(): readonly string[] {
    return [...this.#other_streams];
  }

  /** Says that another stretch begins. */
  beginStretch(): void {
    if (this.#newest_us === Number.NEGATIVE_INFINITY) return;
    this.#delivered_us = this.#newest_us;
    this.#break();
  }

  push(event: ReplayEvent): FootageEvent[] {
    if (event.type === 'stream') {
      for (const name of event.other_streams) this.#other_streams.add(name);
      if (this.#stream !== null && sameStream(this.#stream, event.stream)) return [];
      this.#stream = event.stream;
      return [{ type: 'stream', stream: event.stream }];
    }
    if (event.type !== 'unit') return [event];
    const { device_time_us, is_keyframe, discontinuity, data } = event.unit;
    const steps_back = is_keyframe && !this.#needs_keyframe && device_time_us <= this.#newest_us;
    if (discontinuity || steps_back) this.#break();
    if (steps_back) this.#delivered_us = Number.NEGATIVE_INFINITY;
    if (this.#needs_keyframe && (!is_keyframe || device_time_us <= this.#delivered_us)) return [];
    const events: FootageEvent[] = this.#must_break ? [{ type: 'discontinuity' }] : [];
    this.#must_break = false;
    this.#needs_keyframe = false;
    this.#newest_us = steps_back ? device_time_us : Math.max(this.#newest_us, device_time_us);
    events.push({ type: 'packet', packet: { device_time_us, is_keyframe, data } });
    return events;
  }

  #break(): void {
    // Before anything has come there is nothing to break with.
    this.#must_break = this.#newest_us !== Number.NEGATIVE_INFINITY;
    this.#needs_keyframe = true;
  }
}
