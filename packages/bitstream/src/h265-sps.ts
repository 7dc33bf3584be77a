import { BitReader } from './bit-reader.ts';
import { BITSTREAM_LIMITS } from './limits.ts';
import { withoutEmulationPrevention } from './nal-units.ts';
import { checkedSps, chromaSubsampling, type SpsFacts } from './sps-facts.ts';

/** An H.265 SPS as `hvcC` needs it. */
export interface H265SpsFacts extends SpsFacts {
  /** The first 12 bytes of profile_tier_level: profile space, tier, profile, flags and level. */
  readonly profile_tier_level: Uint8Array;
  readonly temporal_layer_count: number;
  readonly temporal_id_nested: number;
}

/** Reads an H.265 sequence parameter set (7.3.2.2) up to the bit depths. Throws `BrokenBitstream`. */
export function readH265Sps(unit: Uint8Array): H265SpsFacts {
  const payload = withoutEmulationPrevention(unit).subarray(2);
  const reader = new BitReader(payload);
  reader.skip(4); // sps_video_parameter_set_id
  const sub_layers_minus1 = reader.bits(3);
  const temporal_id_nested = reader.bit();
  reader.skip(96);
  const profile_tier_level = payload.slice(1, 13);
  skipSubLayerProfiles(reader, sub_layers_minus1);
  const id = reader.unsignedGolomb();
  const chroma_format_idc = reader.unsignedGolomb();
  const separate_planes = chroma_format_idc === 3 ? reader.bit() : 0;
  const coded_width = reader.unsignedGolomb();
  const coded_height = reader.unsignedGolomb();
  let width = coded_width;
  let height = coded_height;
  if (reader.bit() === 1) {
    const { across, down } = chromaSubsampling(separate_planes ? 0 : chroma_format_idc);
    width -= (reader.unsignedGolomb() + reader.unsignedGolomb()) * across;
    height -= (reader.unsignedGolomb() + reader.unsignedGolomb()) * down;
  }
  const facts = {
    id,
    width,
    height,
    chroma_format_idc,
    bit_depth_luma: 8 + reader.unsignedGolomb(),
    bit_depth_chroma: 8 + reader.unsignedGolomb(),
    profile_tier_level,
    temporal_layer_count: sub_layers_minus1 + 1,
    temporal_id_nested,
  };
  return checkedSps(facts, BITSTREAM_LIMITS.h265_bit_depth_max);
}

/** profile_tier_level of the sub-layers (7.3.3): 88 bits of profile and 8 of level, each where flagged. */
function skipSubLayerProfiles(reader: BitReader, sub_layers_minus1: number): void {
  if (sub_layers_minus1 === 0) return;
  const flags: { profile: number; level: number }[] = [];
  for (let layer = 0; layer < sub_layers_minus1; layer++) {
    flags.push({ profile: reader.bit(), level: reader.bit() });
  }
  reader.skip(2 * (8 - sub_layers_minus1));
  for (const { profile, level } of flags) reader.skip(profile * 88 + level * 8);
}
