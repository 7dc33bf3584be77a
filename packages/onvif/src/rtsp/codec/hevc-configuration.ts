import type { ParameterSet, ParameterSetKind } from './codec.ts';
import { parseH265Sps } from './sps-h265.ts';

const NAL_TYPES: readonly (readonly [ParameterSetKind, number])[] = [
  ['vps', 32],
  ['sps', 33],
  ['pps', 34],
];

/**
 * HEVCDecoderConfigurationRecord of these parameter sets (ISO/IEC 14496-15, 8.3.3.1), with NAL unit lengths of
 * 4 bytes. Fields it need not know (segmentation, parallelism, frame rate) say "unknown", and the arrays do not
 * claim to be complete: recorders repeat parameter sets in the stream, and those are kept there.
 */
export function buildHvcC(sets: readonly ParameterSet[]): Uint8Array {
  const sps = parseH265Sps(sets.find(({ kind }) => kind === 'sps')!.nal);
  const layers = (sps.temporal_layers << 3) | (sps.is_temporal_nested ? 4 : 0) | 3;
  const bytes = [
    1,
    ...sps.profile_tier_level,
    0xf0,
    0x00,
    0xfc,
    0xfc | sps.chroma_format_idc,
    0xf8 | (sps.bit_depth_luma - 8),
    0xf8 | (sps.bit_depth_chroma - 8),
    0x00,
    0x00,
    layers,
    NAL_TYPES.length,
  ];
  for (const [wanted, nal_type] of NAL_TYPES) {
    const nals = sets.filter(({ kind }) => kind === wanted).map(({ nal }) => nal);
    bytes.push(nal_type, nals.length >> 8, nals.length & 0xff);
    for (const nal of nals) bytes.push(nal.length >> 8, nal.length & 0xff, ...nal);
  }
  return Uint8Array.from(bytes);
}
