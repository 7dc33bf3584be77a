import { SIDE_PACKETS_HELD_MAX } from '../../limits.ts';
import type { SideAssembler, SideUnit } from '../audio/side-assembler.ts';
import { SideTimes } from '../audio/side-times.ts';
import { BrokenStream } from '../broken-stream.ts';
import { parseRtp, type RtpPacket } from '../rtp/packet.ts';
import { readRtcp } from '../rtp/rtcp.ts';
import type { UnitTimes } from '../rtp/unit-times.ts';
import type { Track } from './handshake.ts';
import type { SessionEvent } from './session-event.ts';
import type { SideFormat } from './tracks.ts';

const NOTHING: readonly SessionEvent[] = [];

/**
 * Sound or metadata beside the pictures. What is broken in it is left out and shows as a hole in it: pictures are
 * never lost for a fault of the sound. Units wait, a limited number of them, until it is known how their clock stands
 * to that of the pictures.
 */
export class SideTrack {
  readonly channels: readonly number[];
  readonly #track: Track<SideFormat>;
  readonly #assembler: SideAssembler;
  readonly #times: SideTimes;
  #held: SideUnit[] = [];
  #ssrc = -1;
  #sequence = -1;
  #is_announced = false;

  constructor(track: Track<SideFormat>, pictures: UnitTimes, pictures_start: number | null) {
    this.channels = [track.rtp_channel, track.rtcp_channel];
    this.#track = track;
    this.#assembler = track.format.createAssembler();
    const { announced_start: own, clock_rate_hz } = track;
    const announced = own === null || pictures_start === null ? null : { picture: pictures_start, own };
    this.#times = new SideTimes(pictures, clock_rate_hz, announced);
  }

  push(channel: number, payload: Uint8Array): readonly SessionEvent[] {
    if (channel === this.#track.rtcp_channel) {
      const { report } = readRtcp(payload);
      if (report !== null) this.#times.takeReport(report);
      return NOTHING;
    }
    try {
      const packet = parseRtp(payload);
      if (packet.payload_type !== this.#track.payload_type) return NOTHING;
      this.#follow(packet);
      this.#held.push(...this.#assembler.push(packet));
    } catch (error) {
      if (!(error instanceof BrokenStream)) throw error;
      this.#assembler.reset();
    }
    const [first] = this.#held;
    if (first === undefined) return NOTHING;
    const is_full = this.#held.length >= SIDE_PACKETS_HELD_MAX;
    return is_full || this.#times.isJoinable(first) ? this.flush() : NOTHING;
  }

  /** Everything that waits, dated by what is known now. */
  flush(): SessionEvent[] {
    const { audio } = this.#track.format;
    const events: SessionEvent[] = [];
    if (audio !== null && !this.#is_announced && this.#held.length > 0) {
      this.#is_announced = true;
      events.push({ type: 'audio_stream', stream: audio });
    }
    const type = audio === null ? 'metadata' : 'audio';
    for (const unit of this.#held) {
      events.push({ type, packet: { ...this.#times.dateOf(unit), data: unit.data } });
    }
    this.#held = [];
    return events;
  }

  /** Another source begins anew; missing packets end what was half there. */
  #follow({ ssrc, sequence }: RtpPacket): void {
    if (this.#ssrc !== -1 && ssrc !== this.#ssrc) {
      this.#assembler.reset();
      this.#times.restart();
    } else if (this.#ssrc !== -1 && ((sequence - this.#sequence - 1) & 0xffff) !== 0) {
      this.#assembler.reset();
    }
    this.#ssrc = ssrc;
    this.#sequence = sequence;
  }
}
