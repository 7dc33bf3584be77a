import { METADATA_BYTES_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import type { RtpPacket } from '../rtp/packet.ts';
import type { SideAssembler, SideUnit } from './side-assembler.ts';

/** ONVIF metadata (ONVIF Streaming Specification, 5.1.2.1.1): XML in pieces, the last one of a document marked. */
export class MetadataAssembler implements SideAssembler {
  #parts: Uint8Array[] = [];
  #first: RtpPacket | null = null;
  #size_bytes = 0;

  push(packet: RtpPacket): SideUnit[] {
    this.#first ??= packet;
    this.#parts.push(packet.payload.slice());
    this.#size_bytes += packet.payload.length;
    if (this.#size_bytes > METADATA_BYTES_MAX)
      throw new BrokenStream('a metadata document that is too large');
    if (!packet.is_marked) return [];
    const unit = {
      timestamp: this.#first.timestamp,
      stamped_by: this.#first,
      data: Buffer.concat(this.#parts),
    };
    this.reset();
    return unit.data.length === 0 ? [] : [unit];
  }

  reset(): void {
    this.#parts = [];
    this.#first = null;
    this.#size_bytes = 0;
  }
}
