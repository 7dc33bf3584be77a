import { BrokenStream } from '../broken-stream.ts';
import type { RtpPacket } from './packet.ts';

/** What a packet's number says about the packets before it. */
export type SequenceVerdict = 'next' | 'new_source';

/**
 * Watches the sequence numbers of one stream. Over TCP nothing is lost on the way: a missing number means that
 * the recorder dropped footage, and the caller must not pretend to have it. Throws `BrokenStream`.
 */
export class SequenceWatch {
  #ssrc = -1;
  #sequence = 0;

  check(packet: RtpPacket): SequenceVerdict {
    const { ssrc, sequence } = packet;
    const lost = (sequence - this.#sequence - 1) & 0xffff;
    const last = this.#sequence;
    const is_first = this.#ssrc === -1;
    const is_same = this.#ssrc === ssrc;
    this.#ssrc = ssrc;
    this.#sequence = sequence;
    if (is_first) return 'next';
    // Recorders change the SSRC where another stored file begins.
    if (!is_same) return 'new_source';
    if (lost !== 0) throw new BrokenStream(`packets are missing between ${last} and ${sequence}`);
    return 'next';
  }
}
