import type { MediaFile } from '@minhchung/domain';
import { LAST_PICTURE_US_MAX } from '../limits.ts';

/**
 * The length of a file before the next one, which begins `room_us` after it. How long a file's last picture stays is a
 * guess of whoever wrote it: where only that guess reaches into the next file, the file ends where that begins.
 */
export async function lengthBeforeNext(
  duration_us: number,
  room_us: number,
  lastPicture_us: () => Promise<number>,
): Promise<number> {
  if (duration_us <= room_us || duration_us > room_us + LAST_PICTURE_US_MAX) return duration_us;
  return (await lastPicture_us()) < room_us ? room_us : duration_us;
}

/** When the last picture is shown, in microseconds after the first. */
export async function lastPicture_us(media: MediaFile, signal: AbortSignal): Promise<number> {
  let last_us = media.first_time_us;
  for await (const { time_us } of media.packetsFrom(media.end_time_us, signal)) {
    last_us = Math.max(last_us, time_us);
  }
  return last_us - media.first_time_us;
}
