import { BitReader } from './bit-reader.ts';
import { BrokenBitstream } from './broken-bitstream.ts';

/** Sampling frequencies by index (ISO/IEC 14496-3 table 1.18). */
export const AAC_SAMPLE_RATES_HZ = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
] as const;

const EXPLICIT_RATE_INDEX = 15;
const ESCAPED_OBJECT_TYPE = 31;
/** Object types that announce a bandwidth extension before the core's own type: SBR and PS. */
const EXTENDED_OBJECT_TYPES = [5, 29];
/** Channel configuration 7 has eight channels (table 1.19); the others as many as their number. */
const EIGHT_CHANNELS = 7;

/** What an AudioSpecificConfig (ISO/IEC 14496-3 1.6.2.1) says of the access units it describes. */
export interface AacFacts {
  /** Of the core coder: 2 is AAC-LC. */
  readonly object_type: number;
  /** Rate at which `samples_per_unit` counts, before any bandwidth extension. */
  readonly core_sample_rate_hz: number;
  /** Zero: the channels are described elsewhere in the stream. */
  readonly channel_count: number;
  /** Samples of the core in one access unit. */
  readonly samples_per_unit: 1024 | 960;
}

/** Reads an AudioSpecificConfig. Throws `BrokenBitstream`. */
export function readAudioSpecificConfig(config: Uint8Array): AacFacts {
  const reader = new BitReader(config);
  let object_type = readObjectType(reader);
  const core_sample_rate_hz = readSampleRate(reader);
  const channel_configuration = reader.bits(4);
  if (EXTENDED_OBJECT_TYPES.includes(object_type)) {
    readSampleRate(reader); // extensionSamplingFrequency
    object_type = readObjectType(reader);
  }
  if (core_sample_rate_hz === 0) throw new BrokenBitstream('sound at no sample rate');
  // GASpecificConfig begins with frameLengthFlag (4.4.1).
  const samples_per_unit = reader.bit() === 1 ? 960 : 1024;
  return {
    object_type,
    core_sample_rate_hz,
    channel_count: channel_configuration === EIGHT_CHANNELS ? 8 : channel_configuration,
    samples_per_unit,
  };
}

function readObjectType(reader: BitReader): number {
  const type = reader.bits(5);
  return type === ESCAPED_OBJECT_TYPE ? 32 + reader.bits(6) : type;
}

function readSampleRate(reader: BitReader): number {
  const index = reader.bits(4);
  if (index === EXPLICIT_RATE_INDEX) return reader.bits(24);
  const rate_hz = AAC_SAMPLE_RATES_HZ[index];
  if (rate_hz === undefined) throw new BrokenBitstream('sound at a reserved sample rate');
  return rate_hz;
}
