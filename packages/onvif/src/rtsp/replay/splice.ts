import type { GivenPicture, GivenPictures } from './given-pictures.ts';

/** What a picture of a continued session is against what was given out before. */
export type SpliceVerdict =
  /** It was given out already. */
  | 'given'
  /** It follows the last one given out. */
  | 'new'
  /** It is new, and something may be missing before it, or was other than before. */
  | 'new_after_break'
  /** The recorder began after the keyframe that was given out: it must be asked further back. */
  | 'begins_too_late';

/**
 * Finds the place in a continued session where what was given out ends. In the order of decoding: pictures up to the
 * last keyframe given out are passed over, those after it must come again one by one, the same in time and content,
 * and the first one beyond them is new. Where the recorder sends something else at the same place, nothing is joined:
 * everything up to the next keyframe after the newest picture is passed over, and a break is declared.
 */
export class Splice {
  readonly #given: GivenPictures;
  readonly #count: number;
  readonly #newest_us: number;
  readonly #accepts_late: boolean;
  #state: 'seeking' | 'following' | 'estranged' | 'done';
  #place = 0;

  /** `accepts_late`: a session that begins after what was given out is joined with a break. */
  constructor(given: GivenPictures, accepts_late: boolean) {
    this.#given = given;
    this.#count = given.count;
    this.#newest_us = given.newest_us;
    this.#accepts_late = accepts_late;
    this.#state = given.count === 0 ? 'done' : 'seeking';
  }

  verdictOn(picture: GivenPicture): SpliceVerdict {
    switch (this.#state) {
      case 'done':
        return 'new';
      case 'seeking':
        return this.#seek(picture);
      case 'following':
        return this.#follow(picture);
      case 'estranged':
        return this.#await(picture);
    }
  }

  #seek(picture: GivenPicture): SpliceVerdict {
    if (this.#given.isAt(0, picture)) {
      this.#place = 1;
      this.#state = 'following';
      return 'given';
    }
    if (this.#given.isTimeOf(0, picture)) {
      this.#state = 'estranged';
      return 'given';
    }
    if (!picture.is_keyframe || picture.device_time_us <= this.#newest_us) return 'given';
    if (!this.#accepts_late) return 'begins_too_late';
    return this.#await(picture);
  }

  #follow(picture: GivenPicture): SpliceVerdict {
    if (this.#place === this.#count) {
      this.#state = 'done';
      return 'new';
    }
    if (this.#given.isAt(this.#place, picture)) {
      this.#place += 1;
      return 'given';
    }
    this.#state = 'estranged';
    return this.#await(picture);
  }

  #await(picture: GivenPicture): SpliceVerdict {
    if (!picture.is_keyframe || picture.device_time_us <= this.#newest_us) return 'given';
    this.#state = 'done';
    return 'new_after_break';
  }
}
