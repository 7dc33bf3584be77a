import { PICTURE_SIDE_PX_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import { BitReader, unescapeNal } from './bit-reader.ts';

/** What a decoder configuration needs of an H.265 sequence parameter set (ITU-T H.265, 7.3.2.2.1). */
export interface H265Sps {
  /** general_profile_space, tier, profile (1 byte), compatibility (4), constraints (6) and level (1), as coded. */
  readonly profile_tier_level: Uint8Array;
  readonly id: number;
  readonly temporal_layers: number;
  readonly is_temporal_nested: boolean;
  readonly chroma_format_idc: number;
  readonly bit_depth_luma: number;
  readonly bit_depth_chroma: number;
  readonly width: number;
  readonly height: number;
}

const PROFILE_TIER_LEVEL_BYTES = 12;
const PROFILE_TIER_LEVEL_START = 3;

/** Reads an SPS NAL unit. Throws `BrokenStream`. */
export function parseH265Sps(nal: Uint8Array): H265Sps {
  const raw = unescapeNal(nal);
  const reader = new BitReader(raw);
  reader.skip(16 + 4);
  const sub_layers_minus1 = reader.bits(3);
  const is_temporal_nested = reader.bit() === 1;
  reader.skip(PROFILE_TIER_LEVEL_BYTES * 8);
  skipSubLayers(reader, sub_layers_minus1);
  const id = reader.ue();
  const chroma_format_idc = reader.ue();
  if (chroma_format_idc > 3) throw new BrokenStream('an SPS with an unknown chroma format');
  const has_separate_planes = chroma_format_idc === 3 && reader.bit() === 1;
  const coded_width = reader.ue();
  const coded_height = reader.ue();
  const crop = reader.bit() === 1 ? [reader.ue(), reader.ue(), reader.ue(), reader.ue()] : [0, 0, 0, 0];
  const bit_depth_luma = 8 + reader.ue();
  const bit_depth_chroma = 8 + reader.ue();
  if (bit_depth_luma > 16 || bit_depth_chroma > 16)
    throw new BrokenStream('an SPS with an unknown bit depth');
  const chroma = has_separate_planes ? 0 : chroma_format_idc;
  const width = coded_width - (chroma === 1 || chroma === 2 ? 2 : 1) * (crop[0]! + crop[1]!);
  const height = coded_height - (chroma === 1 ? 2 : 1) * (crop[2]! + crop[3]!);
  if (![width, height].every((side) => side >= 1 && side <= PICTURE_SIDE_PX_MAX)) {
    throw new BrokenStream('an SPS with an impossible picture size');
  }
  return {
    profile_tier_level: raw.slice(
      PROFILE_TIER_LEVEL_START,
      PROFILE_TIER_LEVEL_START + PROFILE_TIER_LEVEL_BYTES,
    ),
    id,
    temporal_layers: sub_layers_minus1 + 1,
    is_temporal_nested,
    chroma_format_idc,
    bit_depth_luma,
    bit_depth_chroma,
    width,
    height,
  };
}

function skipSubLayers(reader: BitReader, sub_layers_minus1: number): void {
  const present: { profile: boolean; level: boolean }[] = [];
  for (let i = 0; i < sub_layers_minus1; i += 1) {
    present.push({ profile: reader.bit() === 1, level: reader.bit() === 1 });
  }
  if (sub_layers_minus1 > 0) reader.skip(2 * (8 - sub_layers_minus1));
  for (const { profile, level } of present) reader.skip((profile ? 88 : 0) + (level ? 8 : 0));
}
