import { BrokenStream } from '../broken-stream.ts';
import type { RtpPacket } from './packet.ts';

/** What a packet's number says about the packets before it. */
export type SequenceVerdict = 'next' | 'new_source';

/**
 * Watches the sequence numbers of one stream. Over TCP nothing is lost on the way: a missing number means that
 * the recorder dropped footage, and the caller must not pretend to have it. Throws `BrokenStream`.
 */
export class SequenceWatch {
  #last: RtpPacket | null = null;

  check(packet: RtpPacket): SequenceVerdict {
    const last = this.#last;
    this.#last = packet;
    if (last === null) return 'next';
    // Recorders change the SSRC where another stored file begins.
    if (packet.ssrc !== last.ssrc) return 'new_source';
    const lost = (packet.sequence - last.sequence - 1) & 0xffff;
    if (lost !== 0) {
      throw new BrokenStream(`packets are missing between ${last.sequence} and ${packet.sequence}`);
    }
    return 'next';
  }
}
