/** Single packets: RTP with its replay extension, RTCP, and what is inside coded video. */

import fc from 'fast-check';
import {
  annexBNalUnits,
  describeStream,
  lengthPrefixedNalUnits,
  parameterSetsAmong,
  readConfiguration,
  readH264Sps,
  readH265Sps,
  seiMessages,
} from '../../packages/bitstream/src/index.ts';
import { parseRtp } from '../../packages/onvif/src/rtsp/rtp/packet.ts';
import { readReplayExtension } from '../../packages/onvif/src/rtsp/rtp/replay-extension.ts';
import { readRtcp } from '../../packages/onvif/src/rtsp/rtp/rtcp.ts';
import {
  CIF,
  HEVC_ODD,
  HEVC_TEN_BIT,
  HIGH,
  INTERLACED,
  ODD,
} from '../../packages/onvif/test/loopback/samples.ts';
import { type FuzzGroup, group, mustHold } from './group.ts';
import { mutated } from './mutation.ts';
import { h264Payload } from './payloads.ts';
import { rtpStream } from './rtp-stream.ts';

const SIDE_PX_MAX = 16_384;

/** RTCP of several kinds, their counts and lengths free to lie. */
const rtcp = fc
  .array(
    fc.record({
      kind: fc.constantFrom(200, 201, 202, 203, 204, 0),
      count: fc.nat(31),
      words: fc.constantFrom(0, 1, 6, 12, 0xffff),
      size: fc.constantFrom(0, 4, 24, 48),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) =>
    Buffer.concat(
      parts.map(({ kind, count, words, size }) =>
        Buffer.concat([Buffer.of(0x80 | count, kind, words >> 8, words & 0xff), Buffer.alloc(size, 0xe1)]),
      ),
    ),
  );

const H264_SETS = [CIF, HIGH, ODD, INTERLACED];
const H265_SETS = [HEVC_ODD, HEVC_TEN_BIT];
const h264Description = describeStream('h264', parameterSetsAmong('h264', [CIF.sps, CIF.pps]));
const h265Description = describeStream('h265', parameterSetsAmong('h265', Object.values(HEVC_ODD)));
const RECORDS = {
  h264: Buffer.from(h264Description.decoder_configuration),
  h265: Buffer.from(h265Description.decoder_configuration),
};
const SEI = Buffer.from('00000014060510005bc93f2d715e95ada4796f90877a6f80', 'hex');

function checkPicture({ width, height }: { readonly width: number; readonly height: number }): void {
  const are_sides = [width, height].every(
    (side) => Number.isInteger(side) && side >= 1 && side <= SIDE_PX_MAX,
  );
  mustHold(are_sides, 'a picture has a size');
}

export const PACKET_GROUPS: readonly FuzzGroup[] = [
  group(
    'rtp',
    'RTP packets and the replay header extension 0xABAC',
    rtpStream(h264Payload, [0], [96]).chain((packets) => mutated(fc.constant(packets[0]!.bytes), 4)),
    (bytes) => {
      const packet = parseRtp(bytes);
      mustHold(packet.payload.length + 12 <= bytes.length, 'a payload lies in its packet');
      const extension = readReplayExtension(packet);
      mustHold(extension === null || Number.isSafeInteger(extension.device_time_us), 'a time is a number');
    },
  ),
  group('rtcp', 'compound RTCP packets', mutated(rtcp, 4), (bytes) => {
    const { report } = readRtcp(bytes);
    mustHold(report === null || Number.isSafeInteger(report.ntp_time_us), 'a time is a number');
  }),
  group(
    'sps-h264',
    'H.264 sequence parameter sets',
    mutated(fc.constantFrom(...H264_SETS.map(({ sps }) => sps)), 5),
    (bytes) => checkPicture(readH264Sps(bytes)),
  ),
  group(
    'sps-h265',
    'H.265 sequence parameter sets',
    mutated(fc.constantFrom(...H265_SETS.map(({ sps }) => sps)), 5),
    (bytes) => checkPicture(readH265Sps(bytes)),
  ),
  group(
    'configuration',
    'avcC and hvcC, and streams described by what is in them',
    fc
      .constantFrom('h264' as const, 'h265' as const)
      .chain((codec) => fc.tuple(fc.constant(codec), mutated(fc.constant(RECORDS[codec]), 4))),
    ([codec, bytes]) => {
      const { length_size, parameter_sets } = readConfiguration(codec, bytes);
      mustHold(length_size >= 1 && length_size <= 4, 'a length has one to four bytes');
      checkPicture(describeStream(codec, parameter_sets));
    },
  ),
  group(
    'nal-units',
    'byte streams and length-prefixed units, with their SEI messages',
    fc.tuple(
      fc.constantFrom('h264' as const, 'h265' as const),
      mutated(
        fc.constantFrom(SEI, Buffer.concat([Buffer.of(0, 0, 1), CIF.sps, Buffer.of(0, 0, 0, 1), CIF.pps])),
        6,
      ),
    ),
    ([codec, bytes]) => {
      let size = 0;
      for (const unit of annexBNalUnits(bytes)) size += unit.length;
      mustHold(size <= bytes.length, 'units lie in the stream');
      size = 0;
      for (const unit of lengthPrefixedNalUnits(bytes)) size += unit.length;
      mustHold(size <= bytes.length, 'units lie in the packet');
      for (const _message of seiMessages(codec, bytes)) size += 1;
      mustHold(size <= bytes.length * 2, 'messages do not come without end');
    },
  ),
];
