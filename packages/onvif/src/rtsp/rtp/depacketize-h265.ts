import { BrokenStream } from '../broken-stream.ts';
import type { Depacketizer } from './depacketize-h264.ts';
import { FragmentJoiner, splitAggregate } from './fragments.ts';

const AP = 48;
const FU = 49;

/** H.265 (RFC 7798, without decoding order numbers): single NAL units, aggregation packets, fragments. */
export class H265Depacketizer implements Depacketizer {
  readonly #joiner = new FragmentJoiner();

  get is_open(): boolean {
    return this.#joiner.is_open;
  }

  push(payload: Uint8Array): Uint8Array[] {
    if (payload.length === 0) return [];
    if (payload.length < 3) throw new BrokenStream('an H.265 packet without content');
    const type = (payload[0]! >> 1) & 0x3f;
    if (type === FU) return this.#fragment(payload);
    if (this.is_open) throw new BrokenStream('a NAL unit whose end is missing');
    if (type === AP) return splitAggregate(payload.subarray(2));
    if (type < AP) return [payload];
    throw new BrokenStream(`H.265 packet type ${type}, which is not supported`);
  }

  #fragment(payload: Uint8Array): Uint8Array[] {
    if (payload.length < 4) throw new BrokenStream('an empty fragment');
    const flags = payload[2]!;
    const part = payload.subarray(3);
    if ((flags & 0x80) !== 0) {
      const header = Uint8Array.of((payload[0]! & 0x81) | ((flags & 0x3f) << 1), payload[1]!);
      this.#joiner.start(header, part);
    } else {
      this.#joiner.add(part);
    }
    return (flags & 0x40) === 0 ? [] : [this.#joiner.finish()];
  }
}
