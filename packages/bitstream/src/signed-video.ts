import type { NalCodec } from './nal-units.ts';
import { seiMessages } from './sei-messages.ts';

/** UUID of the SEI messages of ONVIF Media Signing. */
const SIGNED_VIDEO_UUID = [
  0x00, 0x5b, 0xc9, 0x3f, 0x2d, 0x71, 0x5e, 0x95, 0xad, 0xa4, 0x79, 0x6f, 0x90, 0x87, 0x7a, 0x6f,
];
const USER_DATA_UNREGISTERED = 5;

/** True when the access unit carries a signature of ONVIF Media Signing (user_data_unregistered SEI). */
export function carriesVideoSignature(codec: NalCodec, data: Uint8Array): boolean {
  for (const { type, payload } of seiMessages(codec, data)) {
    if (type === USER_DATA_UNREGISTERED && SIGNED_VIDEO_UUID.every((byte, index) => payload[index] === byte))
      return true;
  }
  return false;
}
