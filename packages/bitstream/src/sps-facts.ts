import { BrokenBitstream } from './broken-bitstream.ts';
import { BITSTREAM_LIMITS } from './limits.ts';

/** What a sequence parameter set says that decoder configurations and descriptions repeat. */
export interface SpsFacts {
  /** seq_parameter_set_id */
  readonly id: number;
  /** Size shown, after cropping. */
  readonly width: number;
  readonly height: number;
  readonly chroma_format_idc: number;
  readonly bit_depth_luma: number;
  readonly bit_depth_chroma: number;
}

/** Luma samples per chroma sample, across and down (H.264 table 6-1, H.265 table 6-1). */
export function chromaSubsampling(chroma_format_idc: number): { across: number; down: number } {
  return {
    across: chroma_format_idc === 1 || chroma_format_idc === 2 ? 2 : 1,
    down: chroma_format_idc === 1 ? 2 : 1,
  };
}

/** Refuses what no camera makes and no field of a description can carry. Throws `BrokenBitstream`. */
export function checkedSps<T extends SpsFacts>(facts: T, bit_depth_max: number): T {
  const { width, height, chroma_format_idc, bit_depth_luma, bit_depth_chroma } = facts;
  if (chroma_format_idc > 3) throw new BrokenBitstream('an SPS with an unknown chroma format');
  if (bit_depth_luma > bit_depth_max || bit_depth_chroma > bit_depth_max) {
    throw new BrokenBitstream('an SPS with an unknown bit depth');
  }
  const side_max = BITSTREAM_LIMITS.picture_side_px_max;
  if (![width, height].every((side) => side >= 1 && side <= side_max)) {
    throw new BrokenBitstream('an SPS with an impossible picture size');
  }
  return facts;
}
