import type { AudioPacket, AudioStreamDescription } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';
import { LONE_FRAME_TICKS, ticksToMicroseconds } from '../mp4/sample-times.ts';
import { soundDurationUs } from '../sound/sound-duration.ts';

const LONE_FRAME_US = ticksToMicroseconds(LONE_FRAME_TICKS);

/** One packet of sound and what it is. */
export interface CutSound {
  readonly stream: AudioStreamDescription;
  readonly packet: AudioPacket;
  readonly end_us: number;
}

/**
 * Keeps the sound beside the pictures of a cut until it is known whether it belongs to a master: it does where it
 * overlaps the time from the first presented frame to the end of the last one. Sound stays a little behind the
 * pictures, because leading pictures may still move the first frame forward.
 */
export class SoundBeside {
  #stream: AudioStreamDescription | null = null;
  #held: CutSound[] = [];
  #first_picture_us = Number.POSITIVE_INFINITY;
  #last_picture_us = Number.NEGATIVE_INFINITY;
  #before_last_us = Number.NEGATIVE_INFINITY;

  describe(stream: AudioStreamDescription): void {
    this.#stream = stream;
  }

  add(packet: AudioPacket): void {
    if (this.#stream === null) throw new Error('sound came before its description');
    const end_us = packet.device_time_us + soundDurationUs(this.#stream, packet.data);
    // A copy: a small packet may be part of a large block of the source, which it would keep in memory.
    const held = { ...packet, data: Uint8Array.from(packet.data) };
    this.#held.push({ stream: this.#stream, packet: held, end_us });
    // Sound without pictures, or long before them, belongs to no master.
    if (this.#held.length > MEDIA_LIMITS.held_sound_packets_max) this.#held.shift();
  }

  /** A frame of the master that is being written. */
  notePicture(time_us: number): void {
    this.#first_picture_us = Math.min(this.#first_picture_us, time_us);
    if (time_us > this.#last_picture_us) {
      this.#before_last_us = this.#last_picture_us;
      this.#last_picture_us = time_us;
    } else if (time_us > this.#before_last_us && time_us < this.#last_picture_us) {
      this.#before_last_us = time_us;
    }
  }

  /** The master has ended; the next begins with other pictures. */
  forgetPictures(): void {
    this.#first_picture_us = Number.POSITIVE_INFINITY;
    this.#last_picture_us = Number.NEGATIVE_INFINITY;
    this.#before_last_us = Number.NEGATIVE_INFINITY;
  }

  /** What surely belongs to the master that is being written. */
  takeSettled(): CutSound[] {
    return this.#take(this.#last_picture_us - MEDIA_LIMITS.sound_behind_us);
  }

  /** What belongs to the master that ends here; later sound is kept for the next. */
  takeRest(): CutSound[] {
    return this.#take(this.#endOfPictures());
  }

  /** Nothing of what is held goes on behind a discontinuity. */
  clear(): void {
    this.#held = [];
  }

  /** Sound that begins before an instant leaves; of it, what the master's pictures overlap. */
  #take(before_us: number): CutSound[] {
    let count = 0;
    while (count < this.#held.length && this.#held[count]!.packet.device_time_us < before_us) count += 1;
    if (count === 0) return [];
    return this.#held.splice(0, count).filter(({ end_us }) => end_us > this.#first_picture_us);
  }

  /** The last frame lasts as long as the one before it, and a lone one as long as the master's index says. */
  #endOfPictures(): number {
    const last_duration_us = this.#last_picture_us - this.#before_last_us;
    return this.#last_picture_us + (Number.isFinite(last_duration_us) ? last_duration_us : LONE_FRAME_US);
  }
}
