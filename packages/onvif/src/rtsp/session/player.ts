import type { ReplayEvent, Span, VideoStreamDescription } from '@minhchung/domain';
import { CLOSE_BEFORE_END_TOLERANCE_MS } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import { ParameterSetStore } from '../codec/parameter-sets.ts';
import { type AccessUnit, AccessUnitAssembler, joinNals } from '../rtp/access-unit.ts';
import { parseRtp } from '../rtp/packet.ts';
import type { PlayingSession } from './handshake.ts';

/**
 * Turns the RTP packets of one replay into its events. Pure: packets in, events out. Nothing before the first
 * keyframe comes out, for nothing can decode it.
 */
export class ReplayPlayer {
  readonly #session: PlayingSession;
  readonly #assembler: AccessUnitAssembler;
  readonly #sets: ParameterSetStore;
  readonly #end_us: number;
  #stream: VideoStreamDescription | null = null;
  #last: AccessUnit | null = null;
  #keyframes_beyond_end = 0;

  constructor(session: PlayingSession, device_span: Span) {
    this.#session = session;
    this.#assembler = new AccessUnitAssembler(session.codec, session.clock_rate_hz);
    this.#sets = new ParameterSetStore(session.codec);
    this.#takeAnnounced(session.parameter_sets);
    this.#end_us = device_span.end_ms * 1000;
  }

  /**
   * True once more than a group of pictures beyond the range has come: servers that do not stop at its end are
   * left there. One group more is taken, for pictures before the end may follow the first keyframe after it.
   */
  get is_beyond_end(): boolean {
    return this.#keyframes_beyond_end > 1;
  }

  /** True when a connection that falls silent or closes now has simply delivered everything. */
  get may_be_over(): boolean {
    if (this.#last === null) return false;
    const missing_us = this.#end_us - this.#last.device_time_us;
    return this.#last.is_terminal || missing_us <= CLOSE_BEFORE_END_TOLERANCE_MS * 1000;
  }

  /** Events of one interleaved RTP packet. Throws `BrokenStream`. */
  push(payload: Uint8Array): ReplayEvent[] {
    const packet = parseRtp(payload);
    if (packet.payload_type !== this.#session.payload_type) {
      throw new BrokenStream(`payload type ${packet.payload_type}, which the SDP does not announce`);
    }
    return this.#eventsOf(this.#assembler.push(packet));
  }

  /** Events of what was still being put together at the end. Throws `BrokenStream`. */
  flush(): ReplayEvent[] {
    return this.#eventsOf(this.#assembler.flush());
  }

  /** Cameras announce broken sets and send right ones: what the stream itself carries decides. */
  #takeAnnounced(nals: readonly Uint8Array[]): void {
    try {
      this.#sets.take(nals);
    } catch (error) {
      if (!(error instanceof BrokenStream)) throw error;
    }
  }

  #eventsOf(unit: AccessUnit | null): ReplayEvent[] {
    if (unit === null || this.is_beyond_end) return [];
    this.#sets.take(unit.nals);
    this.#last = unit;
    if (unit.is_keyframe && unit.device_time_us >= this.#end_us) {
      this.#keyframes_beyond_end += 1;
      if (this.is_beyond_end) return [];
    }
    const events = unit.is_keyframe ? this.#streamEvents() : [];
    if (this.#stream === null) return [];
    const { device_time_us, is_keyframe, is_discontinuity, nals } = unit;
    const data = joinNals(nals);
    events.push({
      type: 'unit',
      unit: { device_time_us, is_keyframe, discontinuity: is_discontinuity, data },
    });
    return events;
  }

  /** A `stream` event where the description changed; only keyframes can begin a new one. */
  #streamEvents(): ReplayEvent[] {
    const stream = this.#sets.describe();
    if (this.#stream !== null && isSameStream(this.#stream, stream)) return [];
    this.#stream = stream;
    return [{ type: 'stream', stream, other_streams: this.#session.other_streams }];
  }
}

function isSameStream(a: VideoStreamDescription, b: VideoStreamDescription): boolean {
  return Buffer.compare(a.decoder_configuration, b.decoder_configuration) === 0;
}
