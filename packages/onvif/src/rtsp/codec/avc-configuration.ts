import type { ParameterSet } from './codec.ts';
import { parseH264Sps } from './sps-h264.ts';

/** Profiles without the chroma fields at the end of the record (ISO/IEC 14496-15, 5.3.3.1.2). */
const PLAIN_PROFILES = [66, 77, 88];

/** AVCDecoderConfigurationRecord of these parameter sets, with NAL unit lengths of 4 bytes. */
export function buildAvcC(sets: readonly ParameterSet[]): Uint8Array {
  const sps_nals = sets.filter(({ kind }) => kind === 'sps').map(({ nal }) => nal);
  const pps_nals = sets.filter(({ kind }) => kind === 'pps').map(({ nal }) => nal);
  const sps = parseH264Sps(sps_nals[0]!);
  const bytes = [1, sps.profile_idc, sps.compatibility, sps.level_idc, 0xff, 0xe0 | sps_nals.length];
  for (const nal of sps_nals) bytes.push(nal.length >> 8, nal.length & 0xff, ...nal);
  bytes.push(pps_nals.length);
  for (const nal of pps_nals) bytes.push(nal.length >> 8, nal.length & 0xff, ...nal);
  if (!PLAIN_PROFILES.includes(sps.profile_idc)) {
    bytes.push(
      0xfc | sps.chroma_format_idc,
      0xf8 | (sps.bit_depth_luma - 8),
      0xf8 | (sps.bit_depth_chroma - 8),
      0,
    );
  }
  return Uint8Array.from(bytes);
}
