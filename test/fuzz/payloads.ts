/** RTP payloads as devices make them, of every kind that is taken apart, and kinds that are refused. */
import fc from 'fast-check';
import { CIF, HEVC_ODD, HIGH, idr, ODD, slice } from '../../packages/onvif/test/loopback/samples.ts';
import { mutated } from './mutation.ts';

const SPOILT_MAX = 3;

/** Units behind 16-bit lengths. */
const aggregate = (head: readonly number[], units: readonly Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from(head),
    ...units.flatMap((unit) => [Buffer.of(unit.length >> 8, unit.length & 0xff), unit]),
  ]);

const hevcPicture = (type: number, size: number): Buffer =>
  Buffer.concat([Buffer.of(type << 1, 1), Buffer.alloc(size, 0x5a)]);

const H264_PAYLOADS = [
  ...[CIF.sps, CIF.pps, HIGH.sps, HIGH.pps, ODD.sps, idr(1, 60), slice(2, 30)],
  aggregate([0x78], [CIF.sps, CIF.pps, idr(1)]),
  aggregate([0x78], [slice(1), slice(2)]),
  // Fragments: beginning, middle, end, and both at once.
  ...[0x85, 0x05, 0x45, 0xc5, 0x81, 0x41].map((flags) =>
    Buffer.concat([Buffer.of(0x7c, flags), Buffer.alloc(24, 0x33)]),
  ),
  // STAP-B, MTAP16, MTAP24, FU-B and types nobody defined.
  ...[25, 26, 27, 29, 30, 31, 0].map((type) => Buffer.concat([Buffer.of(0x60 | type), Buffer.alloc(20, 1)])),
];

const H265_PAYLOADS = [
  ...[HEVC_ODD.vps, HEVC_ODD.sps, HEVC_ODD.pps, hevcPicture(19, 50), hevcPicture(1, 20), hevcPicture(21, 30)],
  aggregate([48 << 1, 1], [HEVC_ODD.vps, HEVC_ODD.sps, HEVC_ODD.pps, hevcPicture(19, 10)]),
  ...[0x93, 0x13, 0x53, 0xd3, 0x81, 0x41].map((flags) =>
    Buffer.concat([Buffer.of(49 << 1, 1, flags), Buffer.alloc(24, 0x33)]),
  ),
  ...[50, 51, 63].map((type) => Buffer.concat([Buffer.of(type << 1, 1), Buffer.alloc(20, 1)])),
];

const seeds = (list: readonly Buffer[]): fc.Arbitrary<Buffer> =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...list) }, mutated(fc.constantFrom(...list), SPOILT_MAX));

export const h264Payload = seeds(H264_PAYLOADS);
export const h265Payload = seeds(H265_PAYLOADS);

/** RFC 2435, 3.1: the header with restart interval and tables where its type and Q call for them. */
export const jpegPayload: fc.Arbitrary<Buffer> = fc
  .record({
    offset: fc.constantFrom(0, 0, 0, 40, 80, 0xffffff),
    type: fc.constantFrom(0, 1, 64, 65, 2, 128, 255),
    q: fc.constantFrom(1, 50, 99, 100, 127, 128, 255, 0),
    width: fc.nat(255),
    height: fc.nat(255),
    table_length: fc.constantFrom(0, 64, 128, 129, 0xffff),
    data: fc.constantFrom(Buffer.alloc(40, 0x11), Buffer.alloc(1), Buffer.alloc(0)),
  })
  .map(({ offset, type, q, width, height, table_length, data }) => {
    const head = [0, offset >> 16, (offset >> 8) & 0xff, offset & 0xff, type, q, width, height];
    const restart = type >= 64 && type < 128 ? [0, 16, 0xff, 0xff] : [];
    const has_tables = q >= 128 && offset === 0;
    const table_head = has_tables ? [0, 0, table_length >> 8, table_length & 0xff] : [];
    const tables = has_tables ? Buffer.alloc(Math.min(table_length, 128), 16) : Buffer.alloc(0);
    return Buffer.concat([Buffer.from([...head, ...restart, ...table_head]), tables, data]);
  });

/** RFC 3640, AAC-hbr: a count of header bits, headers of 13 + 3 bits, the units. */
export const aacPayload: fc.Arbitrary<Buffer> = fc
  .record({
    sizes: fc.array(fc.nat(60), { maxLength: 4 }),
    lie: fc.constantFrom(0, 0, 0, 1, 8, 0xffff),
    index: fc.constantFrom(0, 0, 0, 5),
    cut: fc.nat(30),
  })
  .map(({ sizes, lie, index, cut }) => {
    const bits = (sizes.length * 16) ^ lie;
    const headers = sizes.flatMap((size) => [(size << 3) >> 8, ((size << 3) & 0xff) | index]);
    const units = Buffer.alloc(
      Math.max(0, sizes.reduce((sum, size) => sum + size, 0) - (cut < 5 ? cut : 0)),
      7,
    );
    return Buffer.concat([Buffer.of((bits >> 8) & 0xff, bits & 0xff, ...headers), units]);
  });

const DOCUMENT = Buffer.from(
  '<?xml version="1.0"?><tt:MetadataStream xmlns:tt="http://www.onvif.org/ver10/schema"><tt:Event/></tt:MetadataStream>',
);

export const metadataPayload: fc.Arbitrary<Buffer> = fc.oneof(
  fc.constantFrom(DOCUMENT, DOCUMENT.subarray(0, 40), DOCUMENT.subarray(40)),
  mutated(fc.constant(DOCUMENT), SPOILT_MAX),
);

export const soundPayload: fc.Arbitrary<Buffer> = fc
  .uint8Array({ maxLength: 200 })
  .map((bytes) => Buffer.from(bytes));
