import { BitReader, readH265Sps, withoutEmulationPrevention } from '@minhchung/bitstream';
import { H265_DEPACKETIZER } from '../rtp/depacketize-h265.ts';
import type { ParameterSet, VideoCodec } from './codec.ts';
import { describeSets } from './describe-sets.ts';

const FIRST_IRAP = 16;
const LAST_IRAP = 23;
const LAST_PICTURE = 31;
const VPS = 32;
const SPS = 33;
const PPS = 34;

const typeOf = (header: number): number => (header >> 1) & 0x3f;

/** H.265. A keyframe is any IRAP picture (BLA, IDR, CRA). */
export const H265: VideoCodec = {
  name: 'h265',
  kinds: ['vps', 'sps', 'pps'],
  depacketizer: H265_DEPACKETIZER,
  isPicture: (header) => typeOf(header) <= LAST_PICTURE,
  isKeyframe: (header) => typeOf(header) >= FIRST_IRAP && typeOf(header) <= LAST_IRAP,
  isParameterSet: (header) => typeOf(header) >= VPS && typeOf(header) <= PPS,
  parameterSet(nal): ParameterSet | null {
    const type = typeOf(nal[0] ?? 0xff);
    if (type === VPS) return { kind: 'vps', id: (nal[2] ?? 0) >> 4, nal };
    if (type === SPS) return { kind: 'sps', id: readH265Sps(nal).id, nal };
    if (type !== PPS) return null;
    return {
      kind: 'pps',
      id: new BitReader(withoutEmulationPrevention(nal.subarray(2))).unsignedGolomb(),
      nal,
    };
  },
  describe: (sets) => describeSets('h265', sets),
};
