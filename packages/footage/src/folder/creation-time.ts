import { type FileHandle, open } from 'node:fs/promises';
import { MOVIE_BOX_BYTES_MAX, TOP_BOXES_MAX } from '../limits.ts';

/** Seconds from 1904-01-01 (ISO/IEC 14496-12 8.2.2.3) to 1970-01-01. */
const SECONDS_1904_TO_1970 = 2_082_844_800;
/** Earlier than this is a clock that was never set, not a time of recording. */
const YEAR_2000_S = 946_684_800;

/**
 * When a MP4 or QuickTime file says it was made (`mvhd`), in microseconds since 1970 by the clock of whoever wrote
 * it, in whole seconds. Null for other containers, and where it says nothing or what cannot be meant.
 */
export async function createdAt_us(path: string): Promise<number | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const movie = await movieBox(file);
    const header = movie?.indexOf('mvhd') ?? -1;
    if (movie === null || header < 0 || header + 16 > movie.length) return null;
    const version = movie[header + 4]!;
    const made_s = version === 1 ? Number(movie.readBigUInt64BE(header + 8)) : movie.readUInt32BE(header + 8);
    const unix_s = made_s - SECONDS_1904_TO_1970;
    return unix_s >= YEAR_2000_S && unix_s < 4 * YEAR_2000_S ? unix_s * 1_000_000 : null;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** The beginning of the `moov` box, found by walking the boxes of the file; null where there is none near. */
async function movieBox(file: FileHandle): Promise<Buffer | null> {
  const head = Buffer.alloc(16);
  let at = 0;
  for (let n = 0; n < TOP_BOXES_MAX; n += 1) {
    const { bytesRead } = await file.read(head, 0, 16, at);
    if (bytesRead < 8) return null;
    const short = head.readUInt32BE(0);
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (head.toString('latin1', 4, 8) === 'moov') {
      const movie = Buffer.alloc(Math.min(size, MOVIE_BOX_BYTES_MAX));
      const read = await file.read(movie, 0, movie.length, at);
      return movie.subarray(0, read.bytesRead);
    }
    if (size < 8) return null;
    at += size;
  }
  return null;
}
