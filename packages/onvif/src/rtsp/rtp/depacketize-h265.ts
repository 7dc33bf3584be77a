import { BrokenStream } from '../broken-stream.ts';
import { writeAggregate } from './aggregate.ts';
import type { Depacketizer } from './depacketizer.ts';
import type { UnitWriter } from './unit-writer.ts';

const AP = 48;
const FU = 49;

/** H.265 (RFC 7798, without decoding order numbers): single NAL units, aggregation packets, fragments. */
export const H265_DEPACKETIZER: Depacketizer = {
  push(payload, unit) {
    if (payload.length === 0) return;
    if (payload.length < 3) throw new BrokenStream('an H.265 packet without content');
    const type = (payload[0]! >> 1) & 0x3f;
    if (type === FU) return pushFragment(payload, unit);
    if (unit.is_open) throw new BrokenStream('a NAL unit whose end is missing');
    if (type === AP) return writeAggregate(payload, 2, unit);
    if (type < AP) return unit.nal(payload);
    throw new BrokenStream(`H.265 packet type ${type}, which is not supported`);
  },
};

function pushFragment(payload: Uint8Array, unit: UnitWriter): void {
  if (payload.length < 4) throw new BrokenStream('an empty fragment');
  const flags = payload[2]!;
  if ((flags & 0x80) !== 0) {
    unit.begin((payload[0]! & 0x81) | ((flags & 0x3f) << 1), payload[1]!, payload, 3);
  } else {
    unit.add(payload, 3);
  }
  if ((flags & 0x40) !== 0) unit.end();
}
