import { BitReader, readH264Sps, withoutEmulationPrevention } from '@minhchung/bitstream';
import { H264Depacketizer } from '../rtp/depacketize-h264.ts';
import type { ParameterSet, VideoCodec } from './codec.ts';
import { describeSets } from './describe-sets.ts';

const IDR = 5;
const SPS = 7;
const PPS = 8;

const typeOf = (nal: Uint8Array): number => (nal[0] ?? 0) & 0x1f;

/** H.264. A keyframe is an IDR picture: only there may decoding start without anything from before. */
export const H264: VideoCodec = {
  name: 'h264',
  kinds: ['sps', 'pps'],
  createDepacketizer: () => new H264Depacketizer(),
  isPicture: (nal) => typeOf(nal) >= 1 && typeOf(nal) <= IDR,
  isKeyframe: (nal) => typeOf(nal) === IDR,
  parameterSet(nal): ParameterSet | null {
    if (typeOf(nal) === SPS) return { kind: 'sps', id: readH264Sps(nal).id, nal };
    if (typeOf(nal) !== PPS) return null;
    return {
      kind: 'pps',
      id: new BitReader(withoutEmulationPrevention(nal.subarray(1))).unsignedGolomb(),
      nal,
    };
  },
  describe: (sets) => describeSets('h264', sets),
};
