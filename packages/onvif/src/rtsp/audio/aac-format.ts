import type { SdpMedia } from '../wire/sdp.ts';

/** What the SDP says of AAC (RFC 3640, 4.1). */
export interface AacFormat {
  /** AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1). */
  readonly configuration: Uint8Array;
  readonly samples_per_unit: 1024 | 960;
  /** Null where the configuration leaves it open. */
  readonly channel_count: number | null;
}

const CONFIGURATION_BYTES_MAX = 64;
const EXPLICIT_RATE = 15;
const ESCAPED_OBJECT_TYPE = 31;
/** Channel configurations 1 to 7 (ISO/IEC 14496-3, table 1.19). */
const CHANNELS: readonly (number | null)[] = [null, 1, 2, 3, 4, 5, 6, 8];

/** Reads the format of `mpeg4-generic`; null for every other mode than AAC-hbr, and without a configuration. */
export function aacFormatOf({ format }: SdpMedia): AacFormat | null {
  const mode = (format.get('mode') ?? '').toLowerCase();
  const hex = (format.get('config') ?? '').replaceAll('"', '');
  const bits = ['sizelength', 'indexlength', 'indexdeltalength'].map((name) => Number(format.get(name) ?? 0));
  if (mode !== 'aac-hbr' || bits[0] !== 13 || bits[1] !== 3 || bits[2] !== 3) return null;
  if (!/^(?:[0-9a-f]{2}){2,}$/i.test(hex) || hex.length > CONFIGURATION_BYTES_MAX * 2) return null;
  const configuration = new Uint8Array(Buffer.from(hex, 'hex'));
  const bit = bitReader(configuration);
  if (bit(5) === ESCAPED_OBJECT_TYPE) return null;
  if (bit(4) === EXPLICIT_RATE) bit(24);
  const channel_count = CHANNELS[bit(4)] ?? null;
  return { configuration, samples_per_unit: bit(1) === 1 ? 960 : 1024, channel_count };
}

/** Bits past the end are zero: a configuration that is cut short keeps its first fields. */
function bitReader(bytes: Uint8Array): (count: number) => number {
  let at = 0;
  return (count) => {
    let value = 0;
    for (let n = 0; n < count; n += 1, at += 1) {
      value = value * 2 + (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    }
    return value;
  };
}
