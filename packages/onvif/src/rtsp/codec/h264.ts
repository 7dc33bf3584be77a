import { BitReader, readH264Sps, withoutEmulationPrevention } from '@minhchung/bitstream';
import { H264_DEPACKETIZER } from '../rtp/depacketize-h264.ts';
import type { ParameterSet, VideoCodec } from './codec.ts';
import { describeSets } from './describe-sets.ts';

const IDR = 5;
const SPS = 7;
const PPS = 8;

const typeOf = (header: number): number => header & 0x1f;

/** H.264. A keyframe is an IDR picture: only there may decoding start without anything from before. */
export const H264: VideoCodec = {
  name: 'h264',
  kinds: ['sps', 'pps'],
  depacketizer: H264_DEPACKETIZER,
  isPicture: (header) => typeOf(header) >= 1 && typeOf(header) <= IDR,
  isKeyframe: (header) => typeOf(header) === IDR,
  isParameterSet: (header) => typeOf(header) === SPS || typeOf(header) === PPS,
  parameterSet(nal): ParameterSet | null {
    const type = typeOf(nal[0] ?? 0);
    if (type === SPS) return { kind: 'sps', id: readH264Sps(nal).id, nal };
    if (type !== PPS) return null;
    return {
      kind: 'pps',
      id: new BitReader(withoutEmulationPrevention(nal.subarray(1))).unsignedGolomb(),
      nal,
    };
  },
  describe: (sets) => describeSets('h264', sets),
};
