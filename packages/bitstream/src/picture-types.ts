import { lengthPrefixedNalUnits, type NalCodec, nalUnitType } from './nal-units.ts';
import { seiMessages } from './sei-messages.ts';

const H264_LAST_SLICE_TYPE = 5;
const H264_IDR_SLICE = 5;
const H265_FIRST_IRAP = 16;
const H265_LAST_IRAP = 23;
const H265_LAST_SLICE_TYPE = 31;
const H265_IDR_W_RADL = 19;
const H265_IDR_N_LP = 20;
const SEI_RECOVERY_POINT = 6;

/** True when the access unit is an IDR picture: nothing after it in decode order needs anything before it. */
export function isIdrPicture(codec: NalCodec, data: Uint8Array): boolean {
  const type = firstSliceType(codec, data);
  return codec === 'h264' ? type === H264_IDR_SLICE : type === H265_IDR_W_RADL || type === H265_IDR_N_LP;
}

/**
 * True when decoding may start here: an IDR picture of H.264, an IRAP picture of H.265, or a picture of H.264
 * that says so itself (recovery point SEI) and was marked by its container too. What a container says alone is
 * not believed: a cut that begins at a wrong mark shows nothing.
 */
export function isRandomAccessPicture(codec: NalCodec, data: Uint8Array, is_marked: boolean): boolean {
  const type = firstSliceType(codec, data);
  if (codec === 'h265') return type !== null && type >= H265_FIRST_IRAP && type <= H265_LAST_IRAP;
  return type === H264_IDR_SLICE || (is_marked && hasRecoveryPoint(data));
}

function hasRecoveryPoint(data: Uint8Array): boolean {
  for (const { type } of seiMessages('h264', data)) if (type === SEI_RECOVERY_POINT) return true;
  return false;
}

/** Type of the first NAL unit that holds coded picture data, or null. */
function firstSliceType(codec: NalCodec, data: Uint8Array): number | null {
  for (const unit of lengthPrefixedNalUnits(data)) {
    const type = nalUnitType(codec, unit);
    if (codec === 'h264' ? type >= 1 && type <= H264_LAST_SLICE_TYPE : type <= H265_LAST_SLICE_TYPE)
      return type;
  }
  return null;
}
