import { BITSTREAM_LIMITS } from '@minhchung/bitstream';
import { JPEG_BYTES_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import type { CodedUnit, UnitAssembler } from '../rtp/coded-unit.ts';
import { type RtpPacket, u16 } from '../rtp/packet.ts';
import { type ReplayExtension, readReplayExtension } from '../rtp/replay-extension.ts';
import { SequenceWatch } from '../rtp/sequence.ts';
import { type JpegFacts, jpegHeader } from './header.ts';
import { type QuantisationTables, tablesInBand, tablesOfQuality } from './quantisation.ts';

/** A picture that is being put together. */
interface Growing {
  readonly timestamp: number;
  readonly facts: JpegFacts;
  readonly is_new_source: boolean;
  readonly parts: Uint8Array[];
  extension: ReplayExtension | null;
  is_discontinuity: boolean;
  is_terminal: boolean;
  size_bytes: number;
}

/** Size of pictures whose packets cannot say it (more than 2040 pixels), from the SDP; null where it is silent. */
export type StatedSize = { readonly width: number; readonly height: number } | null;

const HEADER_BYTES = 8;
const FIRST_WITH_RESTARTS = 64;
const FIRST_DYNAMIC_TYPE = 128;
const FIRST_WITH_TABLES = 128;
/** Tables of this Q come with every picture (RFC 2435, 4.2). */
const TABLES_NOT_KEPT = 255;
const EOI = Uint8Array.of(0xff, 0xd9);
const NO_SETS: readonly Uint8Array[] = [];

/**
 * Puts RTP packets together to whole JPEG pictures (RFC 2435): the header, which does not travel, is built anew;
 * the entropy-coded data are the device's bytes. Packets with one timestamp are one picture. Holds one picture.
 */
export class JpegAssembler implements UnitAssembler {
  readonly #stated: StatedSize;
  readonly #sequence = new SequenceWatch();
  readonly #kept = new Map<number, QuantisationTables>();
  #growing: Growing | null = null;
  #is_marked = false;
  #sets_marker = false;

  constructor(stated: StatedSize) {
    this.#stated = stated;
  }

  push(packet: RtpPacket): CodedUnit | null {
    const is_new_source = this.#sequence.check(packet) === 'new_source';
    const { payload } = packet;
    if (payload.length < HEADER_BYTES) throw new BrokenStream('a JPEG packet that ends in its header');
    const begins = is_new_source || this.#growing?.timestamp !== packet.timestamp;
    const complete = begins ? this.flush(true) : null;
    this.#is_marked = packet.is_marked;
    this.#sets_marker ||= packet.is_marked;
    const offset = (payload[1]! << 16) | (payload[2]! << 8) | payload[3]!;
    if (begins && offset !== 0) throw new BrokenStream('a JPEG whose beginning is missing');
    const { data, facts } = this.#read(payload, offset);
    this.#growing ??= this.#begin(packet.timestamp, facts!, is_new_source);
    const growing = this.#growing;
    if (offset !== growing.size_bytes) throw new BrokenStream('a JPEG with a piece missing');
    const extension = readReplayExtension(packet);
    growing.extension ??= extension;
    growing.is_discontinuity ||= extension?.is_discontinuity ?? false;
    growing.is_terminal ||= extension?.is_terminal ?? false;
    growing.parts.push(data);
    growing.size_bytes += data.length;
    if (growing.size_bytes > JPEG_BYTES_MAX) throw new BrokenStream('a JPEG that is too large');
    return complete;
  }

  flush(is_said: boolean): CodedUnit | null {
    const growing = this.#growing;
    this.#growing = null;
    if (growing === null || (!is_said && this.#sets_marker && !this.#is_marked)) return null;
    const { timestamp, extension, is_discontinuity, is_new_source, is_terminal, facts } = growing;
    return {
      ...{ timestamp, extension, is_discontinuity, is_new_source, is_terminal },
      is_keyframe: true,
      data: joined(growing),
      parameter_sets: NO_SETS,
      picture: { width: facts.width, height: facts.height },
    };
  }

  #begin(timestamp: number, facts: JpegFacts, is_new_source: boolean): Growing {
    return {
      ...{ timestamp, facts, is_new_source, parts: [], extension: null },
      ...{ is_discontinuity: is_new_source, is_terminal: false, size_bytes: 0 },
    };
  }

  /** The piece of the scan in a payload and, of a first one, what it says of the picture. */
  #read(payload: Uint8Array, offset: number): { data: Uint8Array; facts: JpegFacts | null } {
    const type = payload[4]!;
    const subsampling = type % FIRST_WITH_RESTARTS;
    if (type >= FIRST_DYNAMIC_TYPE || (subsampling !== 0 && subsampling !== 1)) {
      throw new BrokenStream(`a JPEG of type ${type}, which is not supported`);
    }
    let at = HEADER_BYTES;
    let restart_interval = 0;
    if (type >= FIRST_WITH_RESTARTS) {
      if (payload.length < at + 4) throw new BrokenStream('a JPEG packet that ends in its header');
      restart_interval = u16(payload, at);
      at += 4;
    }
    if (offset !== 0) return { data: payload.subarray(at), facts: null };
    const { tables, end } = this.#tables(payload, payload[5]!, at);
    const size = this.#size(payload);
    return { data: payload.subarray(end), facts: { subsampling, restart_interval, tables, ...size } };
  }

  #tables(payload: Uint8Array, q: number, at: number): { tables: QuantisationTables; end: number } {
    if (q < FIRST_WITH_TABLES) {
      const tables = this.#kept.get(q) ?? tablesOfQuality(q);
      this.#kept.set(q, tables);
      return { tables, end: at };
    }
    if (payload.length < at + 4) throw new BrokenStream('a JPEG packet that ends in its header');
    const end = at + 4 + u16(payload, at + 2);
    if (payload.length < end) throw new BrokenStream('a JPEG whose tables are cut short');
    if (end > at + 4) {
      const tables = tablesInBand(payload[at + 1]!, payload.subarray(at + 4, end));
      if (q !== TABLES_NOT_KEPT) this.#kept.set(q, tables);
      return { tables, end };
    }
    const kept = this.#kept.get(q);
    if (kept === undefined) throw new BrokenStream('a JPEG whose tables never came');
    return { tables: kept, end };
  }

  #size(payload: Uint8Array): { width: number; height: number } {
    const width = payload[6]! * 8 || (this.#stated?.width ?? 0);
    const height = payload[7]! * 8 || (this.#stated?.height ?? 0);
    if (width < 1 || height < 1 || Math.max(width, height) > BITSTREAM_LIMITS.picture_side_px_max) {
      throw new BrokenStream('JPEG pictures whose size is not told');
    }
    return { width, height };
  }
}

function joined({ parts, size_bytes, facts }: Growing): Uint8Array {
  const header = jpegHeader(facts);
  const last = parts.at(-1)!;
  const has_end = last.length >= 2 && last[last.length - 2] === 0xff && last[last.length - 1] === 0xd9;
  const data = new Uint8Array(header.length + size_bytes + (has_end ? 0 : EOI.length));
  data.set(header);
  let at = header.length;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  if (!has_end) data.set(EOI, at);
  return data;
}
