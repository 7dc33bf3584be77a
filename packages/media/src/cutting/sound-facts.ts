import type { AudioStreamDescription, Span } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import type { CutSound } from './sound-beside.ts';

/** Where a track is silent because nothing came: device time in microseconds. */
export interface SoundHole {
  readonly start_us: number;
  readonly end_us: number;
}

/** What one track of sound in a master says, in device time. */
export interface AudioTrackFacts {
  readonly stream: AudioStreamDescription;
  readonly packet_count: number;
  /** First sample of the first packet, and the end of the last packet. */
  readonly first_device_time_us: number;
  readonly end_device_time_us: number;
  /** Packets that end before the wanted span, overlap it, begin after it. */
  readonly packets_before: number;
  readonly packets_inside: number;
  readonly packets_after: number;
  /** In order; at most as many as are listed one by one. */
  readonly holes: readonly SoundHole[];
  readonly hole_count: number;
}

/** Gathers the facts of one track, packet by packet. */
export class AudioTrackInProgress {
  readonly #stream: AudioStreamDescription;
  readonly #start_us: number;
  readonly #end_us: number;
  readonly #holes: SoundHole[] = [];
  readonly #counts = { before: 0, inside: 0, after: 0 };
  #first_us: number | null = null;
  #until_us = 0;
  #hole_count = 0;

  constructor(stream: AudioStreamDescription, device_span: Span) {
    this.#stream = stream;
    this.#start_us = device_span.start_ms * 1000;
    this.#end_us = device_span.end_ms * 1000;
  }

  add({ packet, end_us }: CutSound): void {
    const begin_us = packet.device_time_us;
    if (this.#first_us !== null && begin_us - this.#until_us > MEDIA_LIMITS.sound_hole_us_min) {
      this.#hole_count += 1;
      if (this.#holes.length < MEDIA_LIMITS.sound_holes_listed_max) {
        this.#holes.push({ start_us: Math.round(this.#until_us), end_us: begin_us });
      }
    }
    this.#first_us ??= begin_us;
    this.#until_us = end_us;
    const where = end_us <= this.#start_us ? 'before' : begin_us >= this.#end_us ? 'after' : 'inside';
    this.#counts[where] += 1;
  }

  finish(): AudioTrackFacts {
    const { before, inside, after } = this.#counts;
    return {
      stream: this.#stream,
      packet_count: before + inside + after,
      first_device_time_us: this.#first_us ?? 0,
      end_device_time_us: Math.round(this.#until_us),
      packets_before: before,
      packets_inside: inside,
      packets_after: after,
      holes: this.#holes,
      hole_count: this.#hole_count,
    };
  }
}
