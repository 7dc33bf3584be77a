import { join } from 'node:path';
import {
  type FolderIndex,
  type FolderTrack,
  type IndexedFile,
  isCoded,
  type MediaFile,
  type MediaReader,
  type TimeSource,
} from '@minhchung/domain';
import { STILL_GROWING_MS } from '../limits.ts';
import { lastPicture_us } from './last-picture.ts';
import {
  checkMounted,
  type FolderPlace,
  lookAt,
  type PathFacts,
  unreachable,
} from './scan/list-directory.ts';
import { startWithoutName } from './start-without-name.ts';

export interface FileMeasureOptions {
  readonly place: FolderPlace;
  readonly index: FolderIndex;
  readonly track: FolderTrack;
  readonly reader: MediaReader;
  readonly time: TimeSource;
}

/** Why a file that cannot be read yet is not used. */
export const BEING_WRITTEN = 'still being written';
/** Errors of the file system that say nothing of the file: the share is in trouble. */
const NOT_THE_FILE = /^E(IO|STALE|TIMEDOUT|HOSTDOWN|HOSTUNREACH|NOTCONN|NXIO|NODEV|MFILE|NFILE)$/;

/** Opens files to learn what they hold, and writes it into the index. */
export class FileMeasure {
  readonly #options: FileMeasureOptions;
  /** Files opened so far. */
  opened = 0;

  constructor(options: FileMeasureOptions) {
    this.#options = options;
  }

  /**
   * The file as it is now: opened only where it is new, was replaced or grew since it was measured. Null where it is
   * gone, which the index is told. Throws `SOURCE_UNREACHABLE` where the share fails, never taking that for a broken file.
   */
  async current(file: IndexedFile, signal: AbortSignal): Promise<IndexedFile | null> {
    const facts = await lookAt(this.#options.place, partsOf(file));
    if (facts?.kind !== 'file') return await this.#drop(file);
    const is_same = sameFile(file, facts);
    if (is_same && (file.state === 'measured' || file.state === 'unreadable')) return file;
    const now_ms = Math.round(this.#options.time.now_ms());
    const unchanged_since_ms = is_same ? file.unchanged_since_ms! : unchangedSince_ms(file, facts, now_ms);
    const is_growing = now_ms - unchanged_since_ms < STILL_GROWING_MS;
    if (is_same && file.state === 'growing') {
      if (is_growing) return file;
      if (file.duration_us !== null) return await this.#put({ ...file, state: 'measured' });
    }
    const { inode, size_bytes, modified_us } = facts;
    const looked_at = { ...file, inode, size_bytes, modified_us, unchanged_since_ms };
    return await this.#open(looked_at, is_growing, signal);
  }

  /** The same with the time of its last picture, for which its end is read. */
  async withLastPicture(file: IndexedFile, signal: AbortSignal): Promise<IndexedFile> {
    if (file.last_picture_us !== null) return file;
    const media = await this.openMedia(file, signal);
    try {
      const last_picture_us = await lastPicture_us(media, signal);
      return file.state === 'growing'
        ? { ...file, last_picture_us }
        : await this.#put({ ...file, last_picture_us });
    } finally {
      await media.close();
    }
  }

  /** The same with whether its beginning is in the earlier file too. */
  async withRepeats(file: IndexedFile, earlier: IndexedFile, slack_us: number, signal: AbortSignal) {
    if (file.repeats !== null) return file;
    const [of_file, of_earlier] = [await this.openMedia(file, signal), await this.openMedia(earlier, signal)];
    try {
      const shift_us = file.start_us! - earlier.start_us! + of_earlier.first_time_us;
      const repeats = await beginsWithin(of_file, of_earlier, shift_us, slack_us, signal);
      return await this.#put({ ...file, repeats });
    } finally {
      await of_file.close();
      await of_earlier.close();
    }
  }

  /** Opens a file for reading. Throws as the reader does. */
  async openMedia(file: IndexedFile, signal: AbortSignal): Promise<MediaFile> {
    this.opened += 1;
    return await this.#options.reader.open(this.pathOf(file), signal);
  }

  pathOf(file: IndexedFile): string {
    return join(this.#options.place.folder, ...partsOf(file));
  }

  async #open(file: IndexedFile, is_growing: boolean, signal: AbortSignal): Promise<IndexedFile | null> {
    const unknown = { duration_us: null, last_picture_us: null, codec: null, width: null, height: null };
    try {
      const media = await this.openMedia(file, signal);
      try {
        const duration_us = media.end_time_us - media.first_time_us;
        const { codec, width, height } = media.stream;
        const measured = {
          ...file,
          ...unknown,
          duration_us,
          codec,
          width,
          height,
          reason: null,
          repeats: null,
        };
        const state = is_growing ? 'growing' : 'measured';
        return await this.#put({ ...measured, ...(await this.#startOf(file, duration_us)), state });
      } finally {
        await media.close();
      }
    } catch (error) {
      if (!isCoded(error, 'MEDIA_UNREADABLE')) throw error;
      const reason = String(error.details.reason);
      if (NOT_THE_FILE.test(reason)) throw unreachable(this.#options.place, reason);
      if ((await lookAt(this.#options.place, partsOf(file))) === null) return await this.#drop(file);
      const why = is_growing
        ? ({ state: 'growing', reason: BEING_WRITTEN } as const)
        : ({ state: 'unreadable', reason } as const);
      return await this.#put({ ...file, ...unknown, ...why });
    }
  }

  async #startOf(
    file: IndexedFile,
    duration_us: number,
  ): Promise<Pick<IndexedFile, 'start_us' | 'time_from'>> {
    const { start_us, time_from } = file;
    if (time_from === 'name') return { start_us, time_from };
    return await startWithoutName(this.pathOf(file), file.modified_us!, duration_us);
  }

  async #put(file: IndexedFile): Promise<IndexedFile> {
    const { index, track } = this.#options;
    await index.apply(track, { directory: null, put: [file], gone: [], in_directory: file.directory });
    return file;
  }

  async #drop({ directory, name }: IndexedFile): Promise<null> {
    const { index, track, place } = this.#options;
    await checkMounted(place);
    await index.apply(track, { directory: null, put: [], gone: [name], in_directory: directory });
    return null;
  }
}

const partsOf = ({ directory, name }: IndexedFile): string[] =>
  directory === '' ? [name] : [...directory.split('/'), name];

/** The file's name relative to the folder. */
export const relativeName = (file: IndexedFile): string => partsOf(file).join('/');

function sameFile(file: IndexedFile, { inode, size_bytes, modified_us }: PathFacts): boolean {
  return file.inode === inode && file.size_bytes === size_bytes && file.modified_us === modified_us;
}

/** By our own clock, for that of the share may differ: only at first sight is a long past taken from it. */
function unchangedSince_ms(file: IndexedFile, { modified_us }: PathFacts, now_ms: number): number {
  const modified_ms = Math.floor(modified_us / 1000);
  return file.modified_us === null && now_ms - modified_ms >= STILL_GROWING_MS ? modified_ms : now_ms;
}

/** True when the first keyframe of a file is, byte for byte, one of an earlier file near the same device time. */
async function beginsWithin(
  file: MediaFile,
  earlier: MediaFile,
  at_us: number,
  slack_us: number,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const { data } of file.packetsFrom(file.first_time_us, signal)) {
    for await (const packet of earlier.packetsFrom(at_us - slack_us, signal)) {
      if (packet.time_us > at_us + slack_us) return false;
      if (packet.is_keyframe && Buffer.compare(packet.data, data) === 0) return true;
    }
    return false;
  }
  return false;
}
