import {
  type AudioStreamDescription,
  type FootageEvent,
  type ReplayEvent,
  type StreamDescription,
  sameStream,
} from '@minhchung/domain';

/**
 * Turns the replays of several stretches into one flow of footage. Pure: replay events in, footage events out.
 *
 * - A `discontinuity` where the device sets its D bit, between two stretches, and where its clock steps back.
 * - After one, nothing until the next keyframe: what comes before it cannot be decoded.
 * - A recorder begins at the keyframe before what it was asked for, which may lie in the stretch before: frames
 *   that came already are passed over, so none comes twice.
 * - A `stream` event only where the stream is another than before, and `audio_stream` likewise.
 * - Sound and metadata that came with an earlier stretch are passed over, too.
 */
export class JoinedReplays {
  #stream: StreamDescription | null = null;
  #newest_us = Number.NEGATIVE_INFINITY;
  /** Frames up to here came with an earlier stretch. */
  #delivered_us = Number.NEGATIVE_INFINITY;
  #must_break = false;
  #needs_keyframe = true;
  #audio_stream: AudioStreamDescription | null = null;
  readonly #newest_beside_us = { audio: Number.NEGATIVE_INFINITY, metadata: Number.NEGATIVE_INFINITY };
  /** Sound and metadata up to here came with an earlier stretch. */
  #delivered_beside_us = { ...this.#newest_beside_us };
  readonly #other_streams = new Set<string>();

  /** Other streams the device offered, as far as they were named. */
  get other_streams(): readonly string[] {
    return [...this.#other_streams];
  }

  /** Says that another stretch begins. */
  beginStretch(): void {
    if (this.#newest_us === Number.NEGATIVE_INFINITY) return;
    this.#delivered_us = this.#newest_us;
    this.#delivered_beside_us = { ...this.#newest_beside_us };
    this.#break();
  }

  push(event: ReplayEvent): FootageEvent[] {
    if (event.type === 'stream') {
      for (const name of event.other_streams) this.#other_streams.add(name);
      if (this.#stream !== null && sameStream(this.#stream, event.stream)) return [];
      this.#stream = event.stream;
      return [{ type: 'stream', stream: event.stream }];
    }
    if (event.type === 'audio_stream') return this.#audioStream(event);
    if (event.type !== 'unit') return this.#beside(event);
    const { device_time_us, is_keyframe, discontinuity, data } = event.unit;
    const steps_back = is_keyframe && !this.#needs_keyframe && device_time_us <= this.#newest_us;
    if (discontinuity || steps_back) this.#break();
    if (steps_back) this.#forgetDelivered();
    if (this.#needs_keyframe && (!is_keyframe || device_time_us <= this.#delivered_us)) return [];
    const events: FootageEvent[] = this.#must_break ? [{ type: 'discontinuity' }] : [];
    this.#must_break = false;
    this.#needs_keyframe = false;
    this.#newest_us = steps_back ? device_time_us : Math.max(this.#newest_us, device_time_us);
    events.push({ type: 'packet', packet: { device_time_us, is_keyframe, data } });
    return events;
  }

  #audioStream(event: Extract<ReplayEvent, { type: 'audio_stream' }>): FootageEvent[] {
    const known = this.#audio_stream;
    this.#audio_stream = event.stream;
    return known !== null && isSameSound(known, event.stream) ? [] : [event];
  }

  #beside(event: Extract<ReplayEvent, { type: 'audio' | 'metadata' }>): FootageEvent[] {
    const { device_time_us } = event.packet;
    if (device_time_us <= this.#delivered_beside_us[event.type]) return [];
    this.#newest_beside_us[event.type] = Math.max(this.#newest_beside_us[event.type], device_time_us);
    return [event];
  }

  /** The clock was set back: times that were delivered come again and mean something else. */
  #forgetDelivered(): void {
    this.#delivered_us = Number.NEGATIVE_INFINITY;
    this.#delivered_beside_us = { audio: Number.NEGATIVE_INFINITY, metadata: Number.NEGATIVE_INFINITY };
  }

  #break(): void {
    // Before anything has come there is nothing to break with.
    this.#must_break = this.#newest_us !== Number.NEGATIVE_INFINITY;
    this.#needs_keyframe = true;
  }
}

function isSameSound(a: AudioStreamDescription, b: AudioStreamDescription): boolean {
  const is_same_kind =
    a.codec === b.codec && a.sample_rate_hz === b.sample_rate_hz && a.channel_count === b.channel_count;
  return is_same_kind && Buffer.compare(a.decoder_configuration, b.decoder_configuration) === 0;
}
