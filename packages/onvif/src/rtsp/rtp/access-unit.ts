import { BrokenStream } from '../broken-stream.ts';
import type { VideoCodec } from '../codec/codec.ts';
import type { CodedUnit, UnitAssembler } from './coded-unit.ts';
import type { RtpPacket } from './packet.ts';
import { type ReplayExtension, readReplayExtension } from './replay-extension.ts';
import { SequenceWatch } from './sequence.ts';
import { UnitWriter } from './unit-writer.ts';

/**
 * Puts RTP packets together to access units. Packets with one RTP timestamp are one unit, whatever the marker
 * bit says: recorders set it on every slice, or never. Parameter sets sent under a timestamp of their own are
 * kept with the picture that follows. Holds one unit.
 */
export class AccessUnitAssembler implements UnitAssembler {
  readonly #codec: VideoCodec;
  readonly #writer: UnitWriter;
  readonly #sequence = new SequenceWatch();
  #has_begun = false;
  #timestamp = 0;
  #extension: ReplayExtension | null = null;
  #is_discontinuity = false;
  #is_new_source = false;
  #is_terminal = false;
  #is_marked = false;
  #sets_marker = false;

  constructor(codec: VideoCodec) {
    this.#codec = codec;
    this.#writer = new UnitWriter(codec);
  }

  push(packet: RtpPacket): CodedUnit | null {
    const is_new_source = this.#sequence.check(packet) === 'new_source';
    const begins_unit = is_new_source || !this.#has_begun || this.#timestamp !== packet.timestamp;
    const complete = begins_unit ? this.#begin(packet.timestamp, is_new_source) : null;
    this.#is_marked = packet.is_marked;
    this.#sets_marker ||= packet.is_marked;
    if (packet.extension !== null) this.#take(readReplayExtension(packet));
    this.#codec.depacketizer.push(packet.payload, this.#writer);
    return complete;
  }

  flush(is_said: boolean): CodedUnit | null {
    if (this.#writer.is_open) throw new BrokenStream('it ends in the middle of a picture');
    if (!is_said && this.#sets_marker && !this.#is_marked) return null;
    return this.#writer.has_picture ? this.#finish() : null;
  }

  #take(extension: ReplayExtension | null): void {
    if (extension === null) return;
    this.#extension ??= extension;
    this.#is_discontinuity ||= extension.is_discontinuity;
    this.#is_terminal ||= extension.is_terminal;
  }

  #begin(timestamp: number, is_new_source: boolean): CodedUnit | null {
    if (this.#writer.is_open) throw new BrokenStream('a NAL unit whose end is missing');
    const complete = this.#writer.has_picture ? this.#finish() : null;
    // What came without a picture is carried on: its break, too, and its source.
    if (complete !== null || !this.#has_begun) {
      this.#is_discontinuity = false;
      this.#is_new_source = false;
    }
    this.#has_begun = true;
    this.#timestamp = timestamp;
    this.#extension = null;
    this.#is_discontinuity ||= is_new_source;
    this.#is_new_source ||= is_new_source;
    this.#is_terminal = false;
    return complete;
  }

  #finish(): CodedUnit {
    return {
      timestamp: this.#timestamp,
      extension: this.#extension,
      is_discontinuity: this.#is_discontinuity,
      is_new_source: this.#is_new_source,
      is_terminal: this.#is_terminal,
      picture: null,
      ...this.#writer.take(),
    };
  }
}
