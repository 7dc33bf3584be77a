import {
  lengthPrefixedNalUnits,
  type NalCodec,
  nalUnitType,
  withoutEmulationPrevention,
} from './nal-units.ts';

/** UUID of the SEI messages of ONVIF Media Signing. */
const SIGNED_VIDEO_UUID = Uint8Array.from([
  0x00, 0x5b, 0xc9, 0x3f, 0x2d, 0x71, 0x5e, 0x95, 0xad, 0xa4, 0x79, 0x6f, 0x90, 0x87, 0x7a, 0x6f,
]);
const USER_DATA_UNREGISTERED = 5;
const H264_SEI = 6;
const H265_PREFIX_SEI = 39;
const H265_SUFFIX_SEI = 40;

/** True when the access unit carries a signature of ONVIF Media Signing (user_data_unregistered SEI). */
export function carriesVideoSignature(codec: NalCodec, data: Uint8Array): boolean {
  for (const unit of lengthPrefixedNalUnits(data)) {
    if (isSei(codec, unit) && hasSignedVideoMessage(withoutEmulationPrevention(unit), codec)) return true;
  }
  return false;
}

function isSei(codec: NalCodec, unit: Uint8Array): boolean {
  const type = nalUnitType(codec, unit);
  return codec === 'h264' ? type === H264_SEI : type === H265_PREFIX_SEI || type === H265_SUFFIX_SEI;
}

/** Walks the messages of one SEI unit (H.264 7.3.2.3.1, H.265 7.3.5). */
function hasSignedVideoMessage(payload: Uint8Array, codec: NalCodec): boolean {
  let offset = codec === 'h264' ? 1 : 2;
  const readVariable = (): number => {
    let value = 0;
    while (payload[offset] === 0xff) {
      value += 255;
      offset++;
    }
    return value + (payload[offset++] ?? 0);
  };
  // The last byte is the stop bit and its alignment.
  while (offset < payload.length - 1) {
    const type = readVariable();
    const size = readVariable();
    if (
      type === USER_DATA_UNREGISTERED &&
      SIGNED_VIDEO_UUID.every((byte, i) => payload[offset + i] === byte)
    ) {
      return true;
    }
    offset += size;
  }
  return false;
}
