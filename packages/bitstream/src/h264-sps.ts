import { BitReader } from './bit-reader.ts';
import { BrokenBitstream } from './broken-bitstream.ts';
import { BITSTREAM_LIMITS } from './limits.ts';
import { withoutEmulationPrevention } from './nal-units.ts';
import { checkedSps, chromaSubsampling, type SpsFacts } from './sps-facts.ts';

/** An H.264 SPS as `avcC` needs it. */
export interface H264SpsFacts extends SpsFacts {
  readonly profile_idc: number;
  /** The constraint flags, as coded. */
  readonly compatibility: number;
  readonly level_idc: number;
}

/** Profiles whose SPS names the chroma format (H.264 7.3.2.1.1). */
export const H264_PROFILES_WITH_CHROMA = new Set([
  100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135,
]);

/** Reads an H.264 sequence parameter set (7.3.2.1.1), a NAL unit. Throws `BrokenBitstream`. */
export function readH264Sps(unit: Uint8Array): H264SpsFacts {
  const reader = new BitReader(withoutEmulationPrevention(unit).subarray(1));
  const profile_idc = reader.bits(8);
  const compatibility = reader.bits(8);
  const level_idc = reader.bits(8);
  const id = reader.unsignedGolomb();
  let chroma_format_idc = 1;
  let separate_planes = 0;
  let bit_depth_luma = 8;
  let bit_depth_chroma = 8;
  if (H264_PROFILES_WITH_CHROMA.has(profile_idc)) {
    chroma_format_idc = reader.unsignedGolomb();
    if (chroma_format_idc === 3) separate_planes = reader.bit();
    bit_depth_luma = 8 + reader.unsignedGolomb();
    bit_depth_chroma = 8 + reader.unsignedGolomb();
    reader.skip(1); // qpprime_y_zero_transform_bypass_flag
    if (reader.bit() === 1) skipScalingLists(reader, chroma_format_idc === 3 ? 12 : 8);
  }
  reader.unsignedGolomb(); // log2_max_frame_num_minus4
  skipPictureOrderCount(reader);
  reader.unsignedGolomb(); // max_num_ref_frames
  reader.skip(1); // gaps_in_frame_num_value_allowed_flag
  const width_in_macroblocks = reader.unsignedGolomb() + 1;
  const height_in_map_units = reader.unsignedGolomb() + 1;
  const frame_macroblocks_only = reader.bit();
  if (frame_macroblocks_only === 0) reader.skip(1); // mb_adaptive_frame_field_flag
  reader.skip(1); // direct_8x8_inference_flag
  const field_factor = 2 - frame_macroblocks_only;
  const { across, down } = chromaSubsampling(separate_planes ? 0 : chroma_format_idc);
  const crop = reader.bit() === 1 ? readOffsets(reader) : { left: 0, right: 0, top: 0, bottom: 0 };
  const facts = {
    profile_idc,
    compatibility,
    level_idc,
    id,
    width: width_in_macroblocks * 16 - (crop.left + crop.right) * across,
    height: height_in_map_units * 16 * field_factor - (crop.top + crop.bottom) * down * field_factor,
    chroma_format_idc,
    bit_depth_luma,
    bit_depth_chroma,
  };
  return checkedSps(facts, BITSTREAM_LIMITS.h264_bit_depth_max);
}

function readOffsets(reader: BitReader) {
  return {
    left: reader.unsignedGolomb(),
    right: reader.unsignedGolomb(),
    top: reader.unsignedGolomb(),
    bottom: reader.unsignedGolomb(),
  };
}

function skipPictureOrderCount(reader: BitReader): void {
  const type = reader.unsignedGolomb();
  if (type === 0) {
    reader.unsignedGolomb(); // log2_max_pic_order_cnt_lsb_minus4
  } else if (type === 1) {
    reader.skip(1);
    reader.signedGolomb();
    reader.signedGolomb();
    const cycle_length = reader.unsignedGolomb();
    if (cycle_length > 255) throw new BrokenBitstream('an SPS with an impossible picture order');
    for (let index = 0; index < cycle_length; index++) reader.signedGolomb();
  } else if (type > 2) {
    throw new BrokenBitstream('an SPS with an unknown picture order');
  }
}

function skipScalingLists(reader: BitReader, count: number): void {
  for (let list = 0; list < count; list++) {
    if (reader.bit() === 0) continue;
    const size = list < 6 ? 16 : 64;
    let last = 8;
    let next = 8;
    for (let index = 0; index < size; index++) {
      if (next !== 0) next = (((last + reader.signedGolomb()) % 256) + 256) % 256;
      last = next === 0 ? last : next;
    }
  }
}
