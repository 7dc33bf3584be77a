import { CodedError } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';

/**
 * Packets kept back, in decode order, until it is known whether a wanted frame needs them. Bounded: throws
 * `MEDIA_LIMIT` when a group of pictures is longer or larger than any sane one.
 */
export class HeldPackets<T extends { readonly data: Uint8Array }> {
  #packets: T[] = [];
  #bytes = 0;

  add(packet: T): void {
    this.#packets.push(packet);
    this.#bytes += packet.data.length;
    if (this.#packets.length > MEDIA_LIMITS.gop_packets_max) {
      throw new CodedError('MEDIA_LIMIT', {
        what: 'khung hình giữa hai khung chính (frames between keyframes)',
        limit: MEDIA_LIMITS.gop_packets_max,
      });
    }
    if (this.#bytes > MEDIA_LIMITS.gop_bytes_max) {
      throw new CodedError('MEDIA_LIMIT', {
        what: 'byte giữa hai khung chính (bytes between keyframes)',
        limit: MEDIA_LIMITS.gop_bytes_max,
      });
    }
  }

  /** Hands the packets over and forgets them. */
  take(): T[] {
    const packets = this.#packets;
    this.clear();
    return packets;
  }

  clear(): void {
    this.#packets = [];
    this.#bytes = 0;
  }
}
