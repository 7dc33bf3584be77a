import { CodedError } from '@minhchung/domain';
import sharp from 'sharp';
import { MEDIA_LIMITS } from '../limits.ts';

/** Wide enough to see where a camera looks, too small to read a face across a street. */
const WIDTH_PX_MAX = 960;
const JPEG_MARK = [0xff, 0xd8, 0xff];

/**
 * Decodes a device's picture and encodes it anew: what leaves is a JPEG of our own making without metadata, at most
 * `WIDTH_PX_MAX` wide. Throws `STILL_UNUSABLE` for what is no JPEG, has too many pixels, or takes too long.
 */
export async function encodeStillAnew(bytes: Uint8Array): Promise<Uint8Array> {
  if (!JPEG_MARK.every((byte, n) => bytes[n] === byte)) throw unusable();
  try {
    return await sharp(bytes, { limitInputPixels: MEDIA_LIMITS.picture_pixels_max, failOn: 'error' })
      .timeout({ seconds: MEDIA_LIMITS.picture_decode_s_max })
      .rotate()
      .resize({ width: WIDTH_PX_MAX, withoutEnlargement: true })
      .jpeg({ quality: 70 })
      .toBuffer();
  } catch (error) {
    throw unusable(error);
  }
}

function unusable(cause?: unknown): CodedError {
  const reason = { reason_vi: 'đó không phải ảnh JPEG đọc được', reason: 'it is no JPEG that can be read' };
  return new CodedError('STILL_UNUSABLE', reason, { cause });
}
