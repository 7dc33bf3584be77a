/** Every limit of this package, with its unit in its name and why it has its value. */
export const BITSTREAM_LIMITS = {
  /** Parameter sets of one kind in a decoder configuration; the count field of `avcC` has 5 bits. */
  parameter_sets_max: 31,
  /** Width or height of a picture; the largest sensors give a quarter of it. */
  picture_side_px_max: 16_384,
  /** Bits of a luma or chroma sample (H.264 7.4.2.1.1 allows 14, H.265 7.4.3.2.1 allows 16). */
  h264_bit_depth_max: 14,
  h265_bit_depth_max: 16,
} as const;
