import type { PlaybackEvent, PlaybackFinding } from '@minhchung/domain';
import { TIMES_APART_US_MAX, WAITING_BYTES_MAX, WAITING_EVENTS_MAX } from './limits.ts';
import { type TimedEvent, timesDisagree } from './timed-event.ts';

type PictureEvent = Extract<PlaybackEvent, { type: 'unit' }>;

/**
 * Times of one play by the stamps that came with it. What comes before the first stamp is held back and reckoned
 * from it over RTP time. Where stamp and RTP time part from one picture to the next, and the device does not say
 * that something is missing there, neither is believed: throws `PLAYBACK_TIMES_DISAGREE`.
 */
export class StampedTimes {
  readonly #address: string;
  /** Of a stamp, to be taken off: the zone it counts in, and half of what stamps of one picture differ. */
  readonly #ahead_us: number;
  #base_us: number | null = null;
  #last: { readonly media_us: number; readonly time_us: number } | null = null;
  #waiting: PlaybackEvent[] = [];
  #waiting_bytes = 0;

  constructor(address: string, finding: Pick<PlaybackFinding, 'frame_offset_min' | 'time_resolution_ms'>) {
    this.#address = address;
    this.#ahead_us = finding.frame_offset_min * 60_000_000 + (finding.time_resolution_ms / 2) * 1_000;
  }

  /** What can be said of the time of everything up to this event. */
  push(event: PlaybackEvent): TimedEvent[] {
    const stamp_us = event.type === 'unit' ? event.unit.ntp_time_us : null;
    if (this.#base_us === null && stamp_us === null) return this.#wait(event);
    if (this.#base_us === null && event.type === 'unit') {
      this.#base_us = stamp_us! - this.#ahead_us - event.unit.media_time_us;
    }
    const waited = this.#waiting;
    this.#waiting = [];
    return [...waited, event].map((one) => this.#timed(one));
  }

  /** The play is over. Throws `PLAYBACK_TIMES_DISAGREE` where pictures came and no stamp did. */
  end(): void {
    if (!this.#waiting.some(({ type }) => type === 'unit')) return;
    throw timesDisagree(
      this.#address,
      'không có thời gian nào kèm theo hình',
      'no time came with its pictures',
    );
  }

  #wait(event: PlaybackEvent): TimedEvent[] {
    if (event.type === 'stream' || event.type === 'audio_stream') return [event];
    this.#waiting_bytes += event.type === 'unit' ? event.unit.data.length : event.packet.data.length;
    this.#waiting.push(event);
    if (this.#waiting.length > WAITING_EVENTS_MAX || this.#waiting_bytes > WAITING_BYTES_MAX) this.end();
    return [];
  }

  #timed(event: PlaybackEvent): TimedEvent {
    switch (event.type) {
      case 'unit': {
        const { is_keyframe, discontinuity, data } = event.unit;
        return {
          type: 'unit',
          unit: { device_time_us: this.#timeOf(event), is_keyframe, discontinuity, data },
        };
      }
      case 'audio':
      case 'metadata': {
        const { media_time_us, data } = event.packet;
        return { type: event.type, packet: { device_time_us: this.#base_us! + media_time_us, data } };
      }
      default:
        return event;
    }
  }

  #timeOf({ unit }: PictureEvent): number {
    const { media_time_us: media_us, ntp_time_us } = unit;
    const time_us = ntp_time_us === null ? this.#base_us! + media_us : ntp_time_us - this.#ahead_us;
    const last = this.#last;
    if (last !== null && !unit.discontinuity) {
      const apart_us = time_us - last.time_us - (media_us - last.media_us);
      if (Math.abs(apart_us) > TIMES_APART_US_MAX) {
        const apart_s = (apart_us / 1_000_000).toFixed(1);
        const [vi, en] = [
          `thời gian gửi kèm và thời gian RTP lệch nhau ${apart_s} giây`,
          `stamps and RTP time part by ${apart_s} s`,
        ];
        throw timesDisagree(this.#address, vi, en);
      }
    }
    this.#last = { media_us, time_us };
    this.#base_us = time_us - media_us;
    return time_us;
  }
}
