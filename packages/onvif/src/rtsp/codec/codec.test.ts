import { readH264Sps, readH265Sps } from '@minhchung/bitstream';
import { describe, expect, it } from 'vitest';
import {
  CIF,
  HEVC_ODD,
  HEVC_TEN_BIT,
  HIGH,
  INTERLACED,
  idr,
  ODD,
  slice,
} from '../../../test/loopback/samples.ts';
import { BrokenStream } from '../broken-stream.ts';
import { H264 } from './h264.ts';
import { H265 } from './h265.ts';
import { ParameterSetStore } from './parameter-sets.ts';

describe('sequence parameter sets', () => {
  it.each([
    ['baseline', CIF, { width: 352, height: 288, profile_idc: 66, chroma_format_idc: 1, bit_depth_luma: 8 }],
    ['high', HIGH, { width: 640, height: 360, profile_idc: 100 }],
    ['main, cropped', ODD, { width: 322, height: 242, profile_idc: 77 }],
    ['high 4:2:2 in fields', INTERLACED, { width: 352, height: 288, profile_idc: 122, chroma_format_idc: 2 }],
  ])('of H.264 %s', (_, { sps }, expected) => {
    expect(readH264Sps(sps)).toMatchObject(expected);
  });

  it.each([
    ['main, cropped', HEVC_ODD, { width: 322, height: 242, bit_depth_luma: 8, temporal_layer_count: 1 }],
    ['main 10', HEVC_TEN_BIT, { width: 640, height: 360, bit_depth_luma: 10, bit_depth_chroma: 10 }],
  ])('of H.265 %s', (_, { sps }, expected) => {
    expect(readH265Sps(sps)).toMatchObject(expected);
  });

  it.each([
    ['cut short', CIF.sps.subarray(0, 6)],
    ['empty', Buffer.from([0x67])],
    ['all zeros', Buffer.alloc(40)],
  ])('that is %s is refused', (_, nal) => {
    expect(() => readH264Sps(nal)).toThrow(BrokenStream);
    expect(() => readH265Sps(nal)).toThrow(BrokenStream);
  });
});

describe('decoder configurations', () => {
  it('avcC holds the sets, lengths of 4 bytes, and the chroma fields of high profiles', () => {
    const sets = [HIGH.sps, HIGH.pps].flatMap((nal) => H264.parameterSet(nal) ?? []);
    const record = Buffer.from(H264.describe(sets).decoder_configuration);
    const lengths = [HIGH.sps.length, HIGH.pps.length].map((length) =>
      Buffer.from([length >> 8, length & 0xff]),
    );
    expect(record).toEqual(
      Buffer.concat([
        Buffer.from([1, 100, 0, 22, 0xff, 0xe1]),
        lengths[0]!,
        HIGH.sps,
        Buffer.from([1]),
        lengths[1]!,
        HIGH.pps,
        Buffer.from([0xfd, 0xf8, 0xf8, 0]),
      ]),
    );
  });

  it('avcC of the baseline ends after the picture parameter sets', () => {
    const sets = [CIF.sps, CIF.pps].flatMap((nal) => H264.parameterSet(nal) ?? []);
    const record = Buffer.from(H264.describe(sets).decoder_configuration);
    expect(record.subarray(-CIF.pps.length)).toEqual(CIF.pps);
  });

  it('hvcC holds profile, depths and three arrays of sets', () => {
    const nals = [HEVC_TEN_BIT.vps, HEVC_TEN_BIT.sps, HEVC_TEN_BIT.pps];
    const record = Buffer.from(
      H265.describe(nals.flatMap((nal) => H265.parameterSet(nal) ?? [])).decoder_configuration,
    );
    expect(record[0]).toBe(1);
    expect(record[1]! & 0x1f).toBe(2);
    expect(record[17]! & 7).toBe(2);
    expect(record[18]! & 7).toBe(2);
    expect(record[21]! & 3).toBe(3);
    expect(record[22]).toBe(3);
    for (const nal of nals) expect(record.includes(nal)).toBe(true);
  });
});

describe('the parameter sets in force', () => {
  const widthAfter = (...units: Buffer[][]): number => {
    const store = new ParameterSetStore(H264);
    for (const unit of units) store.take(unit);
    return store.describe().width;
  };

  it('are those of the stream rather than those of the SDP', () => {
    expect(widthAfter([CIF.sps, CIF.pps], [HIGH.sps, HIGH.pps, idr(1)])).toBe(640);
  });

  it('stay in force for units that bring none', () => {
    expect(widthAfter([CIF.sps, CIF.pps], [idr(1)], [slice(2)])).toBe(352);
  });

  it('are missed when a kind never came', () => {
    expect(() => widthAfter([CIF.sps], [idr(1)])).toThrow(/no PPS/);
  });
});
