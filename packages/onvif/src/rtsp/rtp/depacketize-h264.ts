import { BrokenStream } from '../broken-stream.ts';
import { writeAggregate } from './aggregate.ts';
import type { Depacketizer } from './depacketizer.ts';
import type { UnitWriter } from './unit-writer.ts';

const STAP_A = 24;
const LAST_OF_INTERLEAVED = 29;
const FU_A = 28;

/** H.264 (RFC 6184, packetization modes 0 and 1): single NAL units, STAP-A, FU-A. */
export const H264_DEPACKETIZER: Depacketizer = {
  push(payload, unit) {
    if (payload.length === 0) return;
    const type = payload[0]! & 0x1f;
    if (type === FU_A) return pushFragment(payload, unit);
    if (unit.is_open) throw new BrokenStream('a NAL unit whose end is missing');
    if (type === STAP_A) return writeAggregate(payload, 1, unit);
    if (type >= 1 && type < STAP_A) return unit.nal(payload);
    if (type > STAP_A && type <= LAST_OF_INTERLEAVED) {
      throw new BrokenStream(`pictures in interleaved order (packet type ${type}), which is not supported`);
    }
    throw new BrokenStream(`H.264 packet type ${type}, which is not supported`);
  },
};

function pushFragment(payload: Uint8Array, unit: UnitWriter): void {
  if (payload.length < 3) throw new BrokenStream('an empty fragment');
  const flags = payload[1]!;
  if ((flags & 0x80) !== 0) unit.begin((payload[0]! & 0xe0) | (flags & 0x1f), -1, payload, 2);
  else unit.add(payload, 2);
  if ((flags & 0x40) !== 0) unit.end();
}
