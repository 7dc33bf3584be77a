import { CodedError } from '@minhchung/domain';
import { isJpeg, openJpeg } from './open-jpeg.ts';

/** Wide enough to see where a camera looks, too small to read a face across a street. */
const WIDTH_PX_MAX = 960;

/**
 * Decodes a device's picture and encodes it anew: what leaves is a JPEG of our own making without metadata, at most
 * `WIDTH_PX_MAX` wide. Throws `STILL_UNUSABLE` for what is no JPEG, has too many pixels, or takes too long.
 */
export async function encodeStillAnew(bytes: Uint8Array): Promise<Uint8Array> {
  if (!isJpeg(bytes)) throw unusable();
  try {
    return await openJpeg(bytes)
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
