import sharp, { type Sharp } from 'sharp';
import { MEDIA_LIMITS } from '../limits.ts';
import { allowOnlyOurFormats } from './decoders.ts';

allowOnlyOurFormats();

const JPEG_MARK = [0xff, 0xd8, 0xff];

/** True for bytes that begin as a JPEG does: nothing else of a device is handed to a decoder. */
export function isJpeg(bytes: Uint8Array): boolean {
  return JPEG_MARK.every((byte, n) => bytes[n] === byte);
}

/** A device's JPEG, to be decoded within limits of pixels and time; broken ones fail. */
export function openJpeg(jpeg: Uint8Array): Sharp {
  const limits = { limitInputPixels: MEDIA_LIMITS.picture_pixels_max, failOn: 'error' } as const;
  return sharp(jpeg, limits).timeout({ seconds: MEDIA_LIMITS.picture_decode_s_max });
}
