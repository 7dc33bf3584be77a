/** What a sequence parameter set says that decoder configurations and descriptions repeat. */
export interface SpsFacts {
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
