import { AUDIO_UNIT_BYTES_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import { type RtpPacket, u16 } from '../rtp/packet.ts';
import type { AacFormat } from './aac-format.ts';
import type { SideAssembler, SideUnit } from './side-assembler.ts';

/** Bits of an AU header in mode AAC-hbr: size 13, index or its delta 3 (RFC 3640, 3.3.6). */
const HEADER_BITS = 16;

/** AAC in mode AAC-hbr (RFC 3640): several access units in one packet, or one over several. */
export class AacAssembler implements SideAssembler {
  readonly #samples_per_unit: number;
  #parts: Uint8Array[] = [];
  #open: { readonly packet: RtpPacket; readonly size_bytes: number; at: number } | null = null;

  constructor(format: Pick<AacFormat, 'samples_per_unit'>) {
    this.#samples_per_unit = format.samples_per_unit;
  }

  push(packet: RtpPacket): SideUnit[] {
    const { payload } = packet;
    if (payload.length < 4) throw new BrokenStream('an AAC packet without content');
    const header_bits = u16(payload, 0);
    const count = header_bits / HEADER_BITS;
    const data_start = 2 + header_bits / 8;
    if (!Number.isInteger(count) || count < 1 || data_start > payload.length) {
      throw new BrokenStream('an AAC packet with wrong headers');
    }
    const sizes = Array.from({ length: count }, (_, n) => sizeIn(u16(payload, 2 + n * 2)));
    const total_bytes = sizes.reduce((sum, size) => sum + size, 0);
    const held_bytes = payload.length - data_start;
    if (count === 1 && (this.#open !== null || total_bytes > held_bytes)) {
      return this.#fragment(packet, sizes[0]!, payload.subarray(data_start));
    }
    if (this.#open !== null) throw new BrokenStream('AAC whose end is missing');
    if (total_bytes > held_bytes) throw new BrokenStream('an AAC packet with a wrong length');
    let at = data_start;
    return sizes.map((size_bytes, n) => {
      const data = payload.slice(at, at + size_bytes);
      at += size_bytes;
      const timestamp = (packet.timestamp + n * this.#samples_per_unit) >>> 0;
      return { timestamp, stamped_by: n === 0 ? packet : null, data };
    });
  }

  reset(): void {
    this.#parts = [];
    this.#open = null;
  }

  #fragment(packet: RtpPacket, size_bytes: number, part: Uint8Array): SideUnit[] {
    if (size_bytes > AUDIO_UNIT_BYTES_MAX) throw new BrokenStream('AAC that is too large');
    this.#open ??= { packet, size_bytes, at: 0 };
    const open = this.#open;
    if (open.packet.timestamp !== packet.timestamp || open.size_bytes !== size_bytes) {
      throw new BrokenStream('AAC whose end is missing');
    }
    this.#parts.push(part.slice());
    open.at += part.length;
    if (open.at > size_bytes) throw new BrokenStream('AAC fragments that are longer than their unit');
    if (open.at < size_bytes) return [];
    const data = Buffer.concat(this.#parts);
    this.reset();
    return [{ timestamp: open.packet.timestamp, stamped_by: open.packet, data }];
  }
}

/** Interleaved units carry an index that goes on by more than one. */
function sizeIn(header: number): number {
  if ((header & 7) !== 0) throw new BrokenStream('AAC in interleaved order, which is not supported');
  const size_bytes = header >> 3;
  if (size_bytes === 0) throw new BrokenStream('an AAC unit without content');
  return size_bytes;
}
