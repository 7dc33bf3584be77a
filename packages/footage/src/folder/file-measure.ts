import { stat } from 'node:fs/promises';
import { isCoded, type MediaFile, type MediaReader, type TimeSource } from '@minhchung/domain';
import { LAST_PICTURE_US_MAX, LEFT_OUT_MAX, STILL_GROWING_MS } from '../limits.ts';
import type { NamedFile } from './listing.ts';
import type { MeasuredFile } from './timeline.ts';

/** Opens files to learn how long they last, and keeps a note of those that cannot be used. */
export class FileMeasure {
  readonly #reader: MediaReader;
  readonly #time: TimeSource;
  readonly left_out: string[] = [];

  constructor(reader: MediaReader, time: TimeSource) {
    this.#reader = reader;
    this.#time = time;
  }

  /**
   * The file with its length; null where no video can be read from it (yet), which is then noted. How long a
   * file's last picture stays is a guess of whoever wrote it: where only that guess reaches into the `next` file,
   * the file ends where the next one begins.
   */
  async measure(file: NamedFile, next: NamedFile | null, signal: AbortSignal): Promise<MeasuredFile | null> {
    try {
      const media = await this.#reader.open(file.path, signal);
      try {
        const duration_us = media.end_time_us - media.first_time_us;
        const room_us = (next?.stated_start_us ?? Number.POSITIVE_INFINITY) - file.stated_start_us;
        const reaches_over = duration_us > room_us && duration_us <= room_us + LAST_PICTURE_US_MAX;
        const is_guess = reaches_over && (await lastPicture_us(media, signal)) < room_us;
        return { ...file, duration_us: is_guess ? room_us : duration_us };
      } finally {
        await media.close();
      }
    } catch (error) {
      if (!isCoded(error, 'MEDIA_UNREADABLE')) throw error;
      const reason = (await this.#isGrowing(file)) ? 'still being written' : String(error.details.reason);
      if (this.left_out.length < LEFT_OUT_MAX) this.left_out.push(`${file.name}: ${reason}`);
      return null;
    }
  }

  async #isGrowing(file: NamedFile): Promise<boolean> {
    const written_ms = await stat(file.path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.NEGATIVE_INFINITY,
    );
    return this.#time.now_ms() - written_ms < STILL_GROWING_MS;
  }
}

/** When the last picture is shown, in microseconds after the first. */
async function lastPicture_us(media: MediaFile, signal: AbortSignal): Promise<number> {
  let last_us = media.first_time_us;
  for await (const { time_us } of media.packetsFrom(media.end_time_us, signal)) {
    last_us = Math.max(last_us, time_us);
  }
  return last_us - media.first_time_us;
}
