import type { NalCodec } from './nal-units.ts';
import { seiMessages } from './sei-messages.ts';

/** UUID of the SEI messages of ONVIF Media Signing. */
const SIGNED_VIDEO_UUID = Buffer.from('005bc93f2d715e95ada4796f90877a6f', 'hex');
const USER_DATA_UNREGISTERED = 5;

/** True when the access unit carries a signature of ONVIF Media Signing (user_data_unregistered SEI). */
export function carriesVideoSignature(codec: NalCodec, data: Uint8Array): boolean {
  for (const { type, payload } of seiMessages(codec, data)) {
    if (type === USER_DATA_UNREGISTERED && SIGNED_VIDEO_UUID.equals(payload.subarray(0, 16))) return true;
  }
  return false;
}
