import { ACCESS_UNIT_BYTES_MAX, ACCESS_UNIT_NALS_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import type { VideoCodec } from '../codec/codec.ts';
import type { Depacketizer } from './depacketize-h264.ts';
import type { RtpPacket } from './packet.ts';
import { type ReplayExtension, readReplayExtension } from './replay-extension.ts';
import { SequenceWatch } from './sequence.ts';

/** One access unit as the recorder sent it. */
export interface AccessUnit {
  readonly device_time_us: number;
  readonly is_keyframe: boolean;
  /** The D bit, or another RTP source than before. */
  readonly is_discontinuity: boolean;
  /** The T bit: the recording ends here. */
  readonly is_terminal: boolean;
  readonly nals: readonly Uint8Array[];
}

/** An access unit that is being put together. */
interface Growing {
  readonly timestamp: number;
  extension: ReplayExtension | null;
  is_discontinuity: boolean;
  is_terminal: boolean;
  size_bytes: number;
  readonly nals: Uint8Array[];
}

/**
 * Puts RTP packets together to access units. Packets with one RTP timestamp are one unit, whatever the marker
 * bit says: recorders set it on every slice, or never. Parameter sets sent under a timestamp of their own are
 * kept with the picture that follows. Holds one unit.
 */
export class AccessUnitAssembler {
  readonly #codec: VideoCodec;
  readonly #clock_rate_hz: number;
  readonly #depacketizer: Depacketizer;
  readonly #sequence = new SequenceWatch();
  #growing: Growing | null = null;
  #anchor: { readonly timestamp: number; readonly device_time_us: number } | null = null;

  constructor(codec: VideoCodec, clock_rate_hz: number) {
    this.#codec = codec;
    this.#clock_rate_hz = clock_rate_hz;
    this.#depacketizer = codec.createDepacketizer();
  }

  /** Takes one packet; gives the unit that is complete because this packet belongs to the next. */
  push(packet: RtpPacket): AccessUnit | null {
    const is_new_source = this.#sequence.check(packet) === 'new_source';
    const extension = readReplayExtension(packet);
    const begins_unit = is_new_source || this.#growing?.timestamp !== packet.timestamp;
    const complete = begins_unit ? this.#begin(packet.timestamp, is_new_source) : null;
    const growing = this.#growing!;
    growing.extension ??= extension;
    growing.is_discontinuity ||= extension?.is_discontinuity ?? false;
    growing.is_terminal ||= extension?.is_terminal ?? false;
    for (const nal of this.#depacketizer.push(packet.payload)) {
      growing.size_bytes += 4 + nal.length;
      growing.nals.push(nal);
    }
    if (growing.size_bytes > ACCESS_UNIT_BYTES_MAX || growing.nals.length > ACCESS_UNIT_NALS_MAX) {
      throw new BrokenStream('an access unit that is too large');
    }
    return complete;
  }

  /** The unit that was still growing when the recorder said that this is all; null where there is none. */
  flush(): AccessUnit | null {
    if (this.#depacketizer.is_open) throw new BrokenStream('it ends in the middle of a picture');
    const growing = this.#growing;
    this.#growing = null;
    return growing !== null && this.#hasPicture(growing) ? this.#finish(growing) : null;
  }

  #begin(timestamp: number, is_new_source: boolean): AccessUnit | null {
    const last = this.#growing;
    if (this.#depacketizer.is_open) throw new BrokenStream('a NAL unit whose end is missing');
    const carried = last !== null && !this.#hasPicture(last) ? last : null;
    const complete = last !== null && carried === null ? this.#finish(last) : null;
    if (is_new_source) this.#anchor = null;
    this.#growing = {
      timestamp,
      extension: null,
      is_discontinuity: is_new_source || (carried?.is_discontinuity ?? false),
      is_terminal: false,
      size_bytes: carried?.size_bytes ?? 0,
      nals: carried?.nals ?? [],
    };
    return complete;
  }

  #hasPicture(growing: Growing): boolean {
    return growing.nals.some((nal) => this.#codec.isPicture(nal));
  }

  #finish(growing: Growing): AccessUnit {
    return {
      device_time_us: this.#timeOf(growing),
      is_keyframe: growing.nals.some((nal) => this.#codec.isKeyframe(nal)),
      is_discontinuity: growing.is_discontinuity,
      is_terminal: growing.is_terminal,
      nals: growing.nals,
    };
  }

  /** By its own header extension; where it has none, by its RTP distance from the last one that had. */
  #timeOf(growing: Growing): number {
    if (growing.extension !== null) {
      const { device_time_us } = growing.extension;
      this.#anchor = { timestamp: growing.timestamp, device_time_us };
      return device_time_us;
    }
    if (this.#anchor === null)
      throw new BrokenStream('pictures without absolute time: this is no ONVIF replay');
    const ticks = (growing.timestamp - this.#anchor.timestamp) | 0;
    return this.#anchor.device_time_us + Math.round((ticks * 1_000_000) / this.#clock_rate_hz);
  }
}

/** NAL units behind 4-byte big-endian lengths, in one block. */
export function joinNals(nals: readonly Uint8Array[]): Uint8Array {
  const data = new Uint8Array(nals.reduce((size, nal) => size + 4 + nal.length, 0));
  const view = new DataView(data.buffer);
  let at = 0;
  for (const nal of nals) {
    view.setUint32(at, nal.length);
    data.set(nal, at + 4);
    at += 4 + nal.length;
  }
  return data;
}
