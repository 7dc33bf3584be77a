export { type AdtsFrame, adtsFrames, beginsWithAdts } from './adts.ts';
export { AAC_SAMPLE_RATES_HZ, type AacFacts, readAudioSpecificConfig } from './audio-specific-config.ts';
export { BitReader } from './bit-reader.ts';
export { BrokenBitstream } from './broken-bitstream.ts';
export { describeStream } from './decoder-configuration.ts';
export { type H264SpsFacts, readH264Sps } from './h264-sps.ts';
export { type H265SpsFacts, readH265Sps } from './h265-sps.ts';
export { beginsWithJpeg, readJpegSize } from './jpeg-size.ts';
export { BITSTREAM_LIMITS } from './limits.ts';
export {
  annexBNalUnits,
  joinLengthPrefixed,
  lengthPrefixedNalUnits,
  type NalCodec,
  nalUnitType,
  withoutEmulationPrevention,
} from './nal-units.ts';
export {
  holdsAll,
  type ParameterSets,
  parameterSetsAmong,
  replaceParameterSets,
} from './parameter-sets.ts';
export { isIdrPicture, isRandomAccessPicture } from './picture-types.ts';
export { type ReadConfiguration, readConfiguration } from './read-configuration.ts';
export { type SeiMessage, seiMessages } from './sei-messages.ts';
export { carriesVideoSignature } from './signed-video.ts';
export type { SpsFacts } from './sps-facts.ts';
