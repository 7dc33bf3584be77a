import { Mp4Error, slice } from './boxes.ts';

/** `esds` (ISO/IEC 14496-1 7.2.6): what the stream is, and the configuration of its decoder. */
export interface ElementaryStream {
  readonly object_type: number;
  /** DecoderSpecificInfo; empty where there is none. */
  readonly specific: DataView;
}

/** What an AudioSpecificConfig (ISO/IEC 14496-3 1.6.2.1) says of the packets. */
export interface AacConfiguration {
  /** Of the core coder. */
  readonly sample_rate_hz: number;
  readonly samples_per_packet: 1024 | 960;
}

const ES_DESCRIPTOR = 3;
const DECODER_CONFIGURATION = 4;
const DECODER_SPECIFIC = 5;
/** Length fields have at most four bytes of seven bits. */
const LENGTH_BYTES_MAX = 4;
const RATES_HZ = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];

/** Reads the body of `esds`. Throws `Mp4Error`. */
export function readElementaryStream(esds: DataView): ElementaryStream {
  const es = expectDescriptor(slice(esds, 4, esds.byteLength - 4), ES_DESCRIPTOR);
  if (es.getUint8(2) !== 0) throw new Mp4Error('its elementary stream depends on another');
  const decoder = expectDescriptor(slice(es, 3, es.byteLength - 3), DECODER_CONFIGURATION);
  const rest = slice(decoder, 13, decoder.byteLength - 13);
  const has_specific = rest.byteLength > 0 && rest.getUint8(0) === DECODER_SPECIFIC;
  return {
    object_type: decoder.getUint8(0),
    specific: has_specific ? expectDescriptor(rest, DECODER_SPECIFIC) : slice(rest, 0, 0),
  };
}

function expectDescriptor(view: DataView, tag: number): DataView {
  if (view.getUint8(0) !== tag) throw new Mp4Error('box esds is not what it should be');
  let length = 0;
  for (let index = 1; index <= LENGTH_BYTES_MAX; index++) {
    const byte = view.getUint8(index);
    length = length * 128 + (byte & 0x7f);
    if (byte < 0x80) return slice(view, index + 1, length);
  }
  throw new Mp4Error('box esds is not what it should be');
}

/** Reads an AudioSpecificConfig as far as times depend on it. Throws `Mp4Error`. */
export function readAacConfiguration(view: DataView): AacConfiguration {
  let position = 0;
  const bits = (count: number): number => {
    let value = 0;
    for (let index = 0; index < count; index++, position++) {
      value = value * 2 + ((view.getUint8(position >> 3) >> (7 - (position & 7))) & 1);
    }
    return value;
  };
  const objectType = () => {
    const type = bits(5);
    return type === 31 ? 32 + bits(6) : type;
  };
  const rate = () => {
    const index = bits(4);
    return index === 15 ? bits(24) : (RATES_HZ[index] ?? 0);
  };
  const type = objectType();
  const sample_rate_hz = rate();
  bits(4);
  if (type === 5 || type === 29) {
    rate();
    objectType();
  }
  if (sample_rate_hz === 0) throw new Mp4Error('its sound has no sample rate');
  return { sample_rate_hz, samples_per_packet: bits(1) === 1 ? 960 : 1024 };
}
