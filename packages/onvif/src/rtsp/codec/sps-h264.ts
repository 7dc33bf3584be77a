import { PICTURE_SIDE_PX_MAX } from '../../limits.ts';
import { BrokenStream } from '../broken-stream.ts';
import { BitReader, unescapeNal } from './bit-reader.ts';

/** What a decoder configuration needs of an H.264 sequence parameter set (ITU-T H.264, 7.3.2.1.1). */
export interface H264Sps {
  readonly profile_idc: number;
  readonly compatibility: number;
  readonly level_idc: number;
  readonly id: number;
  readonly chroma_format_idc: number;
  readonly bit_depth_luma: number;
  readonly bit_depth_chroma: number;
  readonly width: number;
  readonly height: number;
}

/** Profiles whose SPS carries chroma format and bit depths. */
const HIGH_PROFILES = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

/** Reads an SPS NAL unit. Throws `BrokenStream`. */
export function parseH264Sps(nal: Uint8Array): H264Sps {
  const reader = new BitReader(unescapeNal(nal));
  reader.skip(8);
  const profile_idc = reader.bits(8);
  const compatibility = reader.bits(8);
  const level_idc = reader.bits(8);
  const id = reader.ue();
  let chroma_format_idc = 1;
  let bit_depth_luma = 8;
  let bit_depth_chroma = 8;
  let has_separate_planes = false;
  if (HIGH_PROFILES.includes(profile_idc)) {
    chroma_format_idc = reader.ue();
    if (chroma_format_idc > 3) throw new BrokenStream('an SPS with an unknown chroma format');
    if (chroma_format_idc === 3) has_separate_planes = reader.bit() === 1;
    bit_depth_luma = 8 + reader.ue();
    bit_depth_chroma = 8 + reader.ue();
    reader.skip(1);
    if (reader.bit() === 1) skipScalingLists(reader, chroma_format_idc);
  }
  if (bit_depth_luma > 14 || bit_depth_chroma > 14)
    throw new BrokenStream('an SPS with an unknown bit depth');
  reader.ue();
  skipPictureOrder(reader);
  reader.ue();
  reader.skip(1);
  const mbs_wide = reader.ue() + 1;
  const map_units_high = reader.ue() + 1;
  const is_frame_only = reader.bit();
  if (is_frame_only === 0) reader.skip(1);
  reader.skip(1);
  const crop = reader.bit() === 1 ? [reader.ue(), reader.ue(), reader.ue(), reader.ue()] : [0, 0, 0, 0];
  const chroma = has_separate_planes ? 0 : chroma_format_idc;
  const crop_x = chroma === 1 || chroma === 2 ? 2 : 1;
  const crop_y = (chroma === 1 ? 2 : 1) * (2 - is_frame_only);
  const width = mbs_wide * 16 - crop_x * (crop[0]! + crop[1]!);
  const height = map_units_high * 16 * (2 - is_frame_only) - crop_y * (crop[2]! + crop[3]!);
  if (!isSide(width) || !isSide(height)) throw new BrokenStream('an SPS with an impossible picture size');
  return {
    profile_idc,
    compatibility,
    level_idc,
    id,
    chroma_format_idc,
    bit_depth_luma,
    bit_depth_chroma,
    width,
    height,
  };
}

function isSide(pixels: number): boolean {
  return pixels >= 1 && pixels <= PICTURE_SIDE_PX_MAX;
}

function skipScalingLists(reader: BitReader, chroma_format_idc: number): void {
  const count = chroma_format_idc === 3 ? 12 : 8;
  for (let list = 0; list < count; list += 1) {
    if (reader.bit() === 0) continue;
    let last = 8;
    let next = 8;
    for (let i = 0; i < (list < 6 ? 16 : 64); i += 1) {
      if (next !== 0) next = (((last + reader.se()) % 256) + 256) % 256;
      if (next !== 0) last = next;
    }
  }
}

function skipPictureOrder(reader: BitReader): void {
  const type = reader.ue();
  if (type === 0) {
    reader.ue();
  } else if (type === 1) {
    reader.skip(1);
    reader.se();
    reader.se();
    const count = reader.ue();
    if (count > 255) throw new BrokenStream('an SPS with an impossible picture order');
    for (let i = 0; i < count; i += 1) reader.se();
  } else if (type > 2) {
    throw new BrokenStream('an SPS with an unknown picture order');
  }
}
