import type { VideoStreamDescription } from '@minhchung/domain';
import { BrokenBitstream } from './broken-bitstream.ts';
import { H264_PROFILES_WITH_CHROMA, readH264Sps } from './h264-sps.ts';
import { readH265Sps } from './h265-sps.ts';
import { BITSTREAM_LIMITS } from './limits.ts';
import type { NalCodec } from './nal-units.ts';
import type { ParameterSets } from './parameter-sets.ts';

/**
 * Describes a stream from its parameter sets alone, for sources that carry no decoder configuration. Throws
 * `BrokenBitstream` when a needed set is missing or cut short.
 */
export function describeStream(codec: NalCodec, sets: ParameterSets): VideoStreamDescription {
  const sps = sets.sequence[0];
  if (sps === undefined || sets.picture.length === 0) throw new BrokenBitstream('parameter sets are missing');
  for (const units of [sets.video, sets.sequence, sets.picture]) {
    if (units.length > BITSTREAM_LIMITS.parameter_sets_max)
      throw new BrokenBitstream('too many parameter sets');
  }
  const { width, height } = codec === 'h264' ? readH264Sps(sps) : readH265Sps(sps);
  const decoder_configuration = codec === 'h264' ? avcConfiguration(sps, sets) : hevcConfiguration(sps, sets);
  return { kind: 'video', codec, width, height, decoder_configuration };
}

/** AVCDecoderConfigurationRecord (ISO/IEC 14496-15 5.3.3.1). */
function avcConfiguration(sps: Uint8Array, sets: ParameterSets): Uint8Array {
  const record: number[] = [1, sps[1]!, sps[2]!, sps[3]!, 0xff, 0xe0 | sets.sequence.length];
  for (const unit of sets.sequence) appendUnit(record, unit);
  record.push(sets.picture.length);
  for (const unit of sets.picture) appendUnit(record, unit);
  if (H264_PROFILES_WITH_CHROMA.has(sps[1]!)) {
    const facts = readH264Sps(sps);
    record.push(
      0xfc | facts.chroma_format_idc,
      0xf8 | (facts.bit_depth_luma - 8),
      0xf8 | (facts.bit_depth_chroma - 8),
      0,
    );
  }
  return Uint8Array.from(record);
}

/** HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 8.3.3.1). */
function hevcConfiguration(sps: Uint8Array, sets: ParameterSets): Uint8Array {
  const facts = readH265Sps(sps);
  const arrays = [
    { type: 32, units: sets.video },
    { type: 33, units: sets.sequence },
    { type: 34, units: sets.picture },
  ].filter(({ units }) => units.length > 0);
  const record: number[] = [
    1,
    ...facts.profile_tier_level,
    0xf0, // min_spatial_segmentation_idc 0: not stated
    0x00,
    0xfc, // parallelismType 0: not stated
    0xfc | facts.chroma_format_idc,
    0xf8 | (facts.bit_depth_luma - 8),
    0xf8 | (facts.bit_depth_chroma - 8),
    0, // avgFrameRate: not stated
    0,
    (facts.temporal_layer_count << 3) | (facts.temporal_id_nested << 2) | 3,
    arrays.length,
  ];
  for (const { type, units } of arrays) {
    // array_completeness 0: streams of cameras repeat the sets between the pictures.
    record.push(type, units.length >> 8, units.length & 0xff);
    for (const unit of units) appendUnit(record, unit);
  }
  return Uint8Array.from(record);
}

function appendUnit(record: number[], unit: Uint8Array): void {
  if (unit.length > 0xffff) throw new BrokenBitstream('a parameter set that is too large');
  record.push(unit.length >> 8, unit.length & 0xff, ...unit);
}
