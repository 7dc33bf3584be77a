import { lengthPrefixedNalUnits, type NalCodec, nalUnitType } from './nal-units.ts';

const H264_IDR_SLICE = 5;
const H265_IDR_W_RADL = 19;
const H265_IDR_N_LP = 20;

/** True when the access unit is an IDR picture: nothing after it in decode order needs anything before it. */
export function isIdrPicture(codec: NalCodec, data: Uint8Array): boolean {
  for (const unit of lengthPrefixedNalUnits(data)) {
    const type = nalUnitType(codec, unit);
    if (codec === 'h264' && type === H264_IDR_SLICE) return true;
    if (codec === 'h265' && (type === H265_IDR_W_RADL || type === H265_IDR_N_LP)) return true;
  }
  return false;
}
