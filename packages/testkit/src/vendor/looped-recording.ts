import type { Span } from '@minhchung/domain';
import type { FootageFrame, RecordedFootage } from '../recorded-video/recorded-footage.ts';

/** One picture of the endless recording. */
export interface LoopedFrame {
  /** Position in `footage.frames`. */
  readonly index: number;
  readonly true_time_ms: number;
  readonly is_keyframe: boolean;
  /** First after a hole. */
  readonly discontinuity: boolean;
}

/**
 * A recording of days out of seconds of footage: at its own time the footage itself, before and after it the same
 * pictures over and over. Always the same picture for the same instant, so a picture that comes twice is the same
 * bytes.
 */
export class LoopedRecording {
  readonly #frames: readonly FootageFrame[];
  readonly #start_ms: number;
  readonly #length_ms: number;
  readonly #holes: readonly Span[];

  constructor(footage: RecordedFootage, holes: readonly Span[]) {
    this.#frames = footage.frames;
    const times = footage.frames.map(({ true_time_ms }) => true_time_ms);
    this.#start_ms = Math.min(...times);
    // Up to the next keyframe, had there been one more frame.
    this.#length_ms = Math.round(Math.max(...times) - this.#start_ms + 1000 / footage.fps);
    this.#holes = holes;
  }

  /** Frames in decode order from the keyframe at or before (or after) a true instant on, up to `until_ms`. */
  *from(
    start_ms: number,
    until_ms: number,
    start: 'keyframe_before' | 'keyframe_after',
  ): Generator<LoopedFrame> {
    let began = start === 'keyframe_before';
    let broken = true;
    for (const frame of this.#decoded(this.#keyframeBefore(start_ms), until_ms)) {
      if (!began && !(frame.is_keyframe && frame.true_time_ms >= start_ms)) continue;
      began = true;
      if (this.#isMissing(frame.true_time_ms)) broken = true;
      if (this.#isMissing(frame.true_time_ms) || (broken && !frame.is_keyframe)) continue;
      yield { ...frame, discontinuity: broken };
      broken = false;
    }
  }

  /** True when a picture is held at a true instant. */
  holds(true_ms: number): boolean {
    return !this.#isMissing(true_ms);
  }

  #keyframeBefore(true_ms: number): { tile: number; index: number } {
    for (let tile = Math.floor((true_ms - this.#start_ms) / this.#length_ms); ; tile--) {
      const index = this.#frames.findLastIndex(
        (frame) => frame.is_keyframe && frame.true_time_ms + tile * this.#length_ms <= true_ms,
      );
      if (index >= 0) return { tile, index };
    }
  }

  *#decoded(
    from: { tile: number; index: number },
    until_ms: number,
  ): Generator<Omit<LoopedFrame, 'discontinuity'>> {
    for (let { tile, index } = from; ; tile++, index = 0) {
      for (; index < this.#frames.length; index++) {
        const { is_keyframe, true_time_ms } = this.#frames[index]!;
        const at_ms = true_time_ms + tile * this.#length_ms;
        if (is_keyframe && at_ms >= until_ms) return;
        if (at_ms < until_ms) yield { index, true_time_ms: at_ms, is_keyframe };
      }
    }
  }

  #isMissing(true_ms: number): boolean {
    return this.#holes.some((hole) => hole.start_ms <= true_ms && true_ms < hole.end_ms);
  }
}
