/** However NAL units are cut into RTP payloads, the same NAL units come out. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { VideoCodec } from '../codec/codec.ts';
import { H264 } from '../codec/h264.ts';
import { H265 } from '../codec/h265.ts';
import { UnitWriter } from './unit-writer.ts';

/** How a packetiser treats the next NAL unit: alone, in fragments of so many bytes, or with others in one packet. */
const treatment = fc.oneof(
  fc.constant({ how: 'single' as const }),
  fc.record({ how: fc.constant('fragments' as const), size: fc.integer({ min: 1, max: 700 }) }),
  fc.constant({ how: 'aggregate' as const }),
);
type Treatment = typeof treatment extends fc.Arbitrary<infer T> ? T : never;

const body = fc.uint8Array({ minLength: 3, maxLength: 3_000 });
const H264_NAL = fc
  .tuple(fc.constantFrom(1, 2, 5, 6, 9, 12), fc.nat(3), body)
  .map(([type, importance, bytes]) => Buffer.concat([Buffer.of((importance << 5) | type), bytes]));
const H265_NAL = fc
  .tuple(fc.constantFrom(0, 1, 19, 20, 21, 35, 39, 40), fc.nat(63), fc.integer({ min: 1, max: 7 }), body)
  .map(([type, layer, temporal, bytes]) =>
    Buffer.concat([Buffer.of((type << 1) | (layer >> 5), ((layer & 0x1f) << 3) | temporal), bytes]),
  );

function lengthPrefixed(nals: readonly Buffer[], bytes: 2 | 4): Buffer {
  return Buffer.concat(
    nals.flatMap((nal) => {
      const length = Buffer.alloc(bytes);
      length.writeUIntBE(nal.length, 0, bytes);
      return [length, nal];
    }),
  );
}

/** RFC 6184, 5.7 and 5.8. */
const H264_PACKETS = {
  aggregate: (nals: readonly Buffer[]) => Buffer.concat([Buffer.of(24), lengthPrefixed(nals, 2)]),
  fragment: (nal: Buffer, part: Buffer, edges: number) =>
    Buffer.concat([Buffer.of((nal[0]! & 0xe0) | 28, edges | (nal[0]! & 0x1f)), part]),
  header_bytes: 1,
};
/** RFC 7798, 4.4.2 and 4.4.3. */
const H265_PACKETS = {
  aggregate: (nals: readonly Buffer[]) => Buffer.concat([Buffer.of(48 << 1, 1), lengthPrefixed(nals, 2)]),
  fragment: (nal: Buffer, part: Buffer, edges: number) =>
    Buffer.concat([Buffer.of((nal[0]! & 0x81) | (49 << 1), nal[1]!, edges | ((nal[0]! >> 1) & 0x3f)), part]),
  header_bytes: 2,
};

function packetise(
  nals: readonly Buffer[],
  treatments: readonly Treatment[],
  packets: typeof H264_PACKETS,
): Buffer[] {
  const payloads: Buffer[] = [];
  for (let n = 0; n < nals.length; n += 1) {
    const nal = nals[n]!;
    const chosen = treatments[n % treatments.length]!;
    if (chosen.how === 'single') payloads.push(nal);
    else if (chosen.how === 'aggregate') {
      const together = nals.slice(n, n + 3);
      payloads.push(packets.aggregate(together));
      n += together.length - 1;
    } else {
      for (let at = packets.header_bytes; at < nal.length; at += chosen.size) {
        const is_last = at + chosen.size >= nal.length;
        const edges = (at === packets.header_bytes ? 0x80 : 0) | (is_last ? 0x40 : 0);
        payloads.push(packets.fragment(nal, nal.subarray(at, at + chosen.size), edges));
      }
    }
  }
  return payloads;
}

function depacketise(codec: VideoCodec, payloads: readonly Buffer[]): Buffer {
  const writer = new UnitWriter(codec);
  for (const payload of payloads) codec.depacketizer.push(payload, writer);
  return Buffer.from(writer.take().data);
}

describe('depacketisation gives back what was packetised', () => {
  it.each([
    ['H.264', H264, H264_NAL, H264_PACKETS],
    ['H.265', H265, H265_NAL, H265_PACKETS],
  ] as const)('of %s', (_, codec, nal, packets) => {
    const nals = fc.array(nal, { minLength: 1, maxLength: 12 });
    const treatments = fc.array(treatment, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(nals, treatments, (units, how) => {
        const data = depacketise(codec, packetise(units, how, packets));
        return data.equals(lengthPrefixed(units, 4));
      }),
      { numRuns: 500 },
    );
  });

  it('and units that were handed out stay as they are while the next ones are written', () => {
    const units = fc.array(fc.uint8Array({ minLength: 2, maxLength: 200_000, size: 'max' }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(units, (bodies) => {
        const writer = new UnitWriter(H264);
        const nals = bodies.map((bytes) => Buffer.concat([Buffer.of(0x41), bytes]));
        const taken = nals.map((nal) => {
          writer.nal(nal);
          return writer.take().data;
        });
        return taken.every((data, n) => Buffer.from(data).equals(lengthPrefixed([nals[n]!], 4)));
      }),
      { numRuns: 60 },
    );
  });
});
