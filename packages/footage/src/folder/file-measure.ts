import { stat } from 'node:fs/promises';
import { isCoded, type MediaReader, type TimeSource } from '@minhchung/domain';
import { LEFT_OUT_MAX, STILL_GROWING_MS } from '../limits.ts';
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

  /** The file with its length; null where no video can be read from it (yet), which is then noted. */
  async measure(file: NamedFile, signal: AbortSignal): Promise<MeasuredFile | null> {
    try {
      const media = await this.#reader.open(file.path, signal);
      const duration_us = media.end_time_us - media.first_time_us;
      await media.close();
      return { ...file, duration_us };
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
