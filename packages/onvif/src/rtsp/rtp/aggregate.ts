import { BrokenStream } from '../broken-stream.ts';
import { u16 } from './packet.ts';
import type { UnitWriter } from './unit-writer.ts';

/** Splits an aggregation packet: NAL units behind 16-bit lengths, from `start`. Throws `BrokenStream`. */
export function writeAggregate(bytes: Uint8Array, start: number, unit: UnitWriter): void {
  if (start >= bytes.length) throw new BrokenStream('an aggregation packet with nothing in it');
  for (let at = start; at < bytes.length; ) {
    const end = at + 2 + (at + 2 <= bytes.length ? u16(bytes, at) : 0);
    if (end > bytes.length || end === at + 2)
      throw new BrokenStream('an aggregation packet with a wrong length');
    unit.nal(bytes.subarray(at + 2, end));
    at = end;
  }
}
