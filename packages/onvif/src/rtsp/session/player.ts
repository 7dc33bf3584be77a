import { BrokenStream } from '../broken-stream.ts';
import type { CodedUnit, UnitAssembler } from '../rtp/coded-unit.ts';
import { parseRtp } from '../rtp/packet.ts';
import { readRtcp } from '../rtp/rtcp.ts';
import { UnitTimes } from '../rtp/unit-times.ts';
import type { PlayingSession } from './handshake.ts';
import type { SessionEvent } from './session-event.ts';
import { SideTrack } from './side-track.ts';
import { createStreamMemory, createUnitAssembler, type StreamMemory, StreamWatch } from './video-track.ts';

const NOTHING: readonly SessionEvent[] = [];

/**
 * Turns the packets of one session into its events. Pure: packets in, events out. No picture before the first
 * keyframe comes out, for nothing can decode it.
 */
export class SessionPlayer {
  readonly #session: PlayingSession;
  readonly #assembler: UnitAssembler;
  readonly #times: UnitTimes;
  readonly #watch: StreamWatch;
  readonly #sides: readonly SideTrack[];
  #has_keyframe = false;
  /** True after the RTCP BYE of the pictures. */
  has_ended = false;

  constructor(session: PlayingSession, memory: StreamMemory = createStreamMemory()) {
    const { video } = session;
    this.#session = session;
    this.#assembler = createUnitAssembler(video.format);
    this.#times = new UnitTimes(video.clock_rate_hz);
    this.#watch = new StreamWatch(video.format, memory);
    this.#sides = session.sides.map((side) => new SideTrack(side, this.#times, video.announced_start));
  }

  /** Events of one interleaved packet. Throws `BrokenStream`. */
  push(channel: number, payload: Uint8Array): readonly SessionEvent[] {
    const { video } = this.#session;
    if (channel === video.rtp_channel) {
      const packet = parseRtp(payload);
      if (packet.payload_type !== video.payload_type) {
        throw new BrokenStream(`payload type ${packet.payload_type}, which the SDP does not announce`);
      }
      const unit = this.#assembler.push(packet);
      return unit === null ? NOTHING : this.#eventsOf(unit);
    }
    if (channel === video.rtcp_channel) {
      const { report, has_bye } = readRtcp(payload);
      if (report !== null) this.#times.takeReport(report);
      this.has_ended ||= has_bye;
      return NOTHING;
    }
    for (const side of this.#sides) {
      if (side.channels.includes(channel)) return side.push(channel, payload);
    }
    return NOTHING;
  }

  /** Events of what was still being put together at the end, which the recorder said or not. Throws `BrokenStream`. */
  flush(is_said = true): SessionEvent[] {
    const unit = this.#assembler.flush(is_said);
    const events = unit === null ? [] : this.#eventsOf(unit);
    return [...events, ...this.#sides.flatMap((side) => side.flush())];
  }

  #eventsOf(unit: CodedUnit): SessionEvent[] {
    const stream = this.#watch.changeAt(unit);
    const time = this.#times.dateOf(unit);
    this.#has_keyframe ||= unit.is_keyframe;
    if (!this.#has_keyframe) return [];
    const { is_keyframe, is_discontinuity, is_terminal, data } = unit;
    const events: SessionEvent[] = stream === null ? [] : [{ type: 'stream', stream }];
    events.push({ type: 'unit', unit: { ...time, is_keyframe, is_discontinuity, is_terminal, data } });
    return events;
  }
}
