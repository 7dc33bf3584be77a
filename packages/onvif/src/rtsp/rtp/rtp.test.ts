import { describe, expect, it } from 'vitest';
import { h264Fragments, RTCP_BYE, type RtpOptions, rtp } from '../../../test/loopback/rtp.ts';
import { CIF, idr, slice } from '../../../test/loopback/samples.ts';
import { BrokenStream } from '../broken-stream.ts';
import type { VideoCodec } from '../codec/codec.ts';
import { H264 } from '../codec/h264.ts';
import { H265 } from '../codec/h265.ts';
import { AccessUnitAssembler } from './access-unit.ts';
import { parseRtp } from './packet.ts';
import { ntpToUnix_us, readReplayExtension } from './replay-extension.ts';
import { readRtcp } from './rtcp.ts';
import { requireDeviceTime, UnitTimes } from './unit-times.ts';
import { UnitWriter } from './unit-writer.ts';

const AT_MS = Date.UTC(2026, 10, 22, 8, 0, 10, 500);

describe('RTP packets', () => {
  it('are read with contributing sources, extension and padding', () => {
    const bytes = Buffer.from('b1e0000100000002000000030000000411110001aabbccdd' + '0102030400000004', 'hex');
    expect(parseRtp(bytes)).toMatchObject({
      is_marked: true,
      payload_type: 0x60,
      sequence: 1,
      timestamp: 2,
      ssrc: 3,
    });
    expect(Buffer.from(parseRtp(bytes).payload).toString('hex')).toBe('01020304');
    expect(parseRtp(bytes).extension?.profile).toBe(0x1111);
  });

  it.each([
    '80',
    '00e0000100000002000000030000',
    '90e000010000000200000003abac00ff',
    'a0e0000100000002000000030000ff',
  ])('of %s are refused', (hex) => {
    expect(() => parseRtp(Buffer.from(hex, 'hex'))).toThrow(BrokenStream);
  });
});

describe('the replay extension', () => {
  const read = (flags: number, device_time_ms = AT_MS) =>
    readReplayExtension(
      parseRtp(rtp({ sequence: 1, timestamp: 0, payload: idr(1), replay: { device_time_ms, flags } })),
    );

  it('tells the device time and its four bits', () => {
    expect(read(0)).toMatchObject({
      device_time_us: AT_MS * 1000,
      is_clean_point: false,
      is_section_end: false,
      is_discontinuity: false,
      is_terminal: false,
    });
    expect(read(0x80)).toMatchObject({ is_clean_point: true, is_section_end: false });
    expect(read(0x40)).toMatchObject({ is_section_end: true, is_discontinuity: false });
    expect(read(0x20)).toMatchObject({ is_discontinuity: true, is_terminal: false });
    expect(read(0x10)).toMatchObject({ is_terminal: true, is_clean_point: false });
  });

  it('keeps counting when NTP seconds overflow in 2036', () => {
    const after_ms = Date.UTC(2040, 0, 1);
    expect(read(0, after_ms)?.device_time_us).toBe(after_ms * 1000);
    expect(ntpToUnix_us(0, 0)).toBe(Date.UTC(2036, 1, 7, 6, 28, 16) * 1000);
  });
});

describe('RTCP', () => {
  it('says BYE in a compound packet, and in no other', () => {
    expect(readRtcp(RTCP_BYE).has_bye).toBe(true);
    expect(readRtcp(RTCP_BYE.subarray(0, 8)).has_bye).toBe(false);
    expect(readRtcp(Buffer.from('nonsense')).has_bye).toBe(false);
    expect(readRtcp(Buffer.alloc(0)).has_bye).toBe(false);
  });

  it('tells by sender reports what the sender’s clock showed at an RTP time', () => {
    const report = Buffer.from('80c8000600000007e0000000800000000000004d0000000000000000', 'hex');
    const ntp_time_us = ntpToUnix_us(0xe0000000, 0x80000000);
    expect(readRtcp(report)).toEqual({ report: { ntp_time_us, timestamp: 77 }, has_bye: false });
    expect(readRtcp(report.fill(0, 8, 16)).report).toBeNull();
    expect(readRtcp(report.subarray(0, 16)).report).toBeNull();
  });
});

/** NAL units out of payloads of one picture. */
function nalsOf(codec: VideoCodec, ...payloads: readonly Uint8Array[]): Buffer[] {
  const writer = new UnitWriter(codec);
  for (const payload of payloads) codec.depacketizer.push(payload, writer);
  return splitNals(writer.take().data);
}

function splitNals(data: Uint8Array): Buffer[] {
  const bytes = Buffer.from(data);
  const nals: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32BE(at)) {
    nals.push(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at)));
  }
  return nals;
}

describe('depacketisation', () => {
  it('of H.264 takes single units, aggregates and fragments', () => {
    const nal = idr(3, 100);
    expect(nalsOf(H264, slice(1))).toEqual([slice(1)]);
    const aggregate = Buffer.concat([
      Buffer.from([24, 0, CIF.sps.length]),
      CIF.sps,
      Buffer.from([0, CIF.pps.length]),
      CIF.pps,
    ]);
    expect(nalsOf(H264, aggregate)).toEqual([CIF.sps, CIF.pps]);
    expect(nalsOf(H264, ...h264Fragments(nal, 30))).toEqual([nal]);
  });

  it('of H.265 rebuilds the two-byte header of fragments', () => {
    const fragments = [
      Uint8Array.of(49 << 1, 1, 0x80 | 19, 0xaa, 0xbb),
      Uint8Array.of(49 << 1, 1, 0x40 | 19, 0xcc),
    ];
    expect(nalsOf(H265, ...fragments)).toEqual([Buffer.of(19 << 1, 1, 0xaa, 0xbb, 0xcc)]);
    expect(nalsOf(H265, Uint8Array.of(48 << 1, 1, 0, 3, 0x40, 1, 9, 0, 3, 0x42, 1, 8))).toHaveLength(2);
  });

  it.each([
    ['a fragment without its beginning', [Uint8Array.of(28, 0x05, 1)]],
    ['a beginning inside another', [Uint8Array.of(28, 0x85, 1), Uint8Array.of(28, 0x85, 1)]],
    ['a unit inside a fragmented one', [Uint8Array.of(28, 0x85, 1), slice(1)]],
    ['a wrong length in an aggregate', [Uint8Array.of(24, 0, 9, 1)]],
    ['an empty aggregate', [Uint8Array.of(24)]],
    ['an interleaved packet', [Uint8Array.of(29, 0x85, 0, 0, 1)]],
  ])('refuses %s', (_, payloads) => {
    expect(() => nalsOf(H264, ...payloads)).toThrow(BrokenStream);
  });
});

describe('access units', () => {
  const assemble = (...packets: Partial<RtpOptions>[]) => {
    const assembler = new AccessUnitAssembler(H264);
    const times = new UnitTimes(90_000);
    const units = packets.flatMap((options, index) => {
      const packet = rtp({ sequence: 65_534 + index, timestamp: 0, payload: slice(index), ...options });
      return assembler.push(parseRtp(packet)) ?? [];
    });
    return [...units, ...[assembler.flush(true) ?? []].flat()].map((unit) => ({
      ...unit,
      nals: splitNals(unit.data),
      device_time_us: requireDeviceTime(times.dateOf(unit)),
    }));
  };
  const replay = { device_time_ms: AT_MS };

  it('hold all packets of one timestamp, wherever the marker bit stands', () => {
    const units = assemble(
      { payload: CIF.sps, replay },
      { payload: CIF.pps, is_marked: true },
      { payload: idr(1), is_marked: true },
      { payload: slice(2), timestamp: 3_600, replay },
    );
    expect(units.map(({ nals }) => nals.length)).toEqual([3, 1]);
    expect(units.map(({ is_keyframe }) => is_keyframe)).toEqual([true, false]);
  });

  it('keep parameter sets of another timestamp with the picture that follows', () => {
    const units = assemble(
      { payload: CIF.sps, timestamp: 1, replay },
      { payload: CIF.pps, timestamp: 1 },
      { payload: idr(1), timestamp: 2, replay },
    );
    expect(units.map(({ nals }) => nals.length)).toEqual([3]);
  });

  it('take their time from the RTP clock where they carry none, over its wrap and backwards', () => {
    const units = assemble(
      { timestamp: 2 ** 32 - 1_800, replay },
      { timestamp: 1_800 },
      { timestamp: 2 ** 32 - 3_600 },
    );
    expect(units.map(({ device_time_us }) => device_time_us - AT_MS * 1000)).toEqual([0, 40_000, -20_000]);
  });

  it('cannot be without any absolute time', () => {
    expect(() => assemble({ timestamp: 1 }, { timestamp: 2 })).toThrow(/no ONVIF replay/);
  });

  it('begin anew, after a break, with another source', () => {
    const units = assemble({ timestamp: 1, replay }, { timestamp: 1, ssrc: 8, sequence: 5, replay });
    expect(units.map(({ is_discontinuity }) => is_discontinuity)).toEqual([false, true]);
  });

  it('are not made up where a packet is missing', () => {
    expect(() => assemble({ replay }, { sequence: 10, timestamp: 3_600, replay })).toThrow(
      /missing between 65534 and 10/,
    );
  });
});
