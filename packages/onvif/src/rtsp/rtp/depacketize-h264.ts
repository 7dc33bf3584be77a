import { BrokenStream } from '../broken-stream.ts';
import { FragmentJoiner, splitAggregate } from './fragments.ts';

/** Turns RTP payloads into NAL units. */
export interface Depacketizer {
  /** NAL units that are whole with this payload; views of it where they can be. Throws `BrokenStream`. */
  push(payload: Uint8Array): Uint8Array[];
  /** True while a NAL unit has begun and not ended. */
  readonly is_open: boolean;
}

const STAP_A = 24;
const FU_A = 28;

/** H.264 (RFC 6184, packetization modes 0 and 1): single NAL units, STAP-A, FU-A. */
export class H264Depacketizer implements Depacketizer {
  readonly #joiner = new FragmentJoiner();

  get is_open(): boolean {
    return this.#joiner.is_open;
  }

  push(payload: Uint8Array): Uint8Array[] {
    if (payload.length === 0) return [];
    const type = payload[0]! & 0x1f;
    if (type === FU_A) return this.#fragment(payload);
    if (this.is_open) throw new BrokenStream('a NAL unit whose end is missing');
    if (type === STAP_A) return splitAggregate(payload.subarray(1));
    if (type >= 1 && type <= 23) return [payload];
    throw new BrokenStream(`H.264 packet type ${type}, which is not supported`);
  }

  #fragment(payload: Uint8Array): Uint8Array[] {
    if (payload.length < 3) throw new BrokenStream('an empty fragment');
    const flags = payload[1]!;
    const part = payload.subarray(2);
    if ((flags & 0x80) !== 0) {
      this.#joiner.start(Uint8Array.of((payload[0]! & 0xe0) | (flags & 0x1f)), part);
    } else {
      this.#joiner.add(part);
    }
    return (flags & 0x40) === 0 ? [] : [this.#joiner.finish()];
  }
}
