import type { FootageEvent } from '@minhchung/domain';
import { JoinedReplays } from '../replay/joined-replays.ts';
import type { TimedEvent } from './timed-event.ts';

/**
 * Several plays as one flow. A play that goes on where another ended begins at a keyframe before that: what came
 * already is passed over up to the very picture that was given last, so that nothing is lost and nothing comes
 * twice. Where that picture does not come again, a new stretch begins.
 */
export class ContinuedPlays {
  #joined = new JoinedReplays();
  #last: Uint8Array | null = null;
  #last_sound_us = Number.NEGATIVE_INFINITY;
  #newest_us = Number.NEGATIVE_INFINITY;
  /** Events of a play that has not yet reached what was given last; null: it has. */
  #held: TimedEvent[] | null = null;

  get other_streams(): readonly string[] {
    return this.#joined.other_streams;
  }

  /** Time of the newest picture given; −∞ before the first. */
  get newest_us(): number {
    return this.#newest_us;
  }

  /** Another play begins. */
  begin(): void {
    this.#held = this.#last === null ? null : [];
  }

  push(event: TimedEvent): FootageEvent[] {
    if (this.#held === null) return this.#give(event);
    this.#held.push(event);
    if (event.type !== 'unit') return [];
    if (same(event.unit.data, this.#last!)) {
      this.#held = null;
      return [];
    }
    return event.unit.device_time_us > this.#newest_us && event.unit.is_keyframe ? this.#anew() : [];
  }

  /** The play is over. */
  end(): FootageEvent[] {
    return this.#held === null ? [] : this.#anew();
  }

  /** The last picture did not come again: what was held is another stretch. */
  #anew(): FootageEvent[] {
    const held = this.#held ?? [];
    this.#held = null;
    this.#joined.beginStretch();
    return held.flatMap((event) => this.#give(event));
  }

  #give(event: TimedEvent): FootageEvent[] {
    if (event.type === 'audio') {
      if (event.packet.device_time_us <= this.#last_sound_us) return [];
      this.#last_sound_us = event.packet.device_time_us;
    }
    const given = this.#joined.push(event);
    for (const one of given) {
      if (one.type !== 'packet') continue;
      this.#last = one.packet.data;
      this.#newest_us = Math.max(this.#newest_us, one.packet.device_time_us);
    }
    return given;
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
