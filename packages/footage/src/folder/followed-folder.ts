import {
  CodedError,
  type FolderIndex,
  type FolderTrack,
  type IndexedFile,
  type MediaReader,
  type Span,
  type TimeSource,
} from '@minhchung/domain';
import { FILE_DURATION_MS_MAX, INDEX_FRESH_MS, LISTED_ENTRIES_MAX, OPENED_FILES_MAX } from '../limits.ts';
import { checkAllowedFolder } from './allowed-folder.ts';
import { FileMeasure } from './file-measure.ts';
import { edgeOfFolder } from './scan/edge-of-folder.ts';
import type { FolderPlace } from './scan/list-directory.ts';
import { type ScanReport, scanFolder } from './scan/scan-folder.ts';

export interface FollowedFolderOptions {
  readonly place: FolderPlace;
  readonly layout_key: string;
  readonly index: FolderIndex;
  readonly track: FolderTrack;
  readonly reader: MediaReader;
  readonly time: TimeSource;
  /** Folders below which it must really lie; undefined: anywhere. */
  readonly roots: readonly string[] | undefined;
}

/** One track of a folder, kept in step with its index. Errors as of `FootageSource`, and `FOLDER_NOT_ALLOWED`. */
export class FollowedFolder {
  readonly #options: FollowedFolderOptions;
  readonly measure: FileMeasure;

  constructor(options: FollowedFolderOptions) {
    this.#options = options;
    this.measure = new FileMeasure(options);
  }

  /** One pass over everything that may have changed, of at most so many entries. */
  async scan(entries_max: number, signal: AbortSignal): Promise<ScanReport> {
    await this.#checkAllowed();
    return await scanFolder({ ...this.#options, entries_max }, null, signal);
  }

  /** Measures files that are not settled, the latest first; true when one that was looked at before had changed. */
  async measureUnsettled(files_max: number, signal: AbortSignal): Promise<boolean> {
    const { index, track } = this.#options;
    let has_grown = false;
    for (const file of await index.unsettled(track, files_max)) {
      if (signal.aborted) throw new CodedError('CANCELLED');
      const now = await this.measure.current(file, signal);
      has_grown ||= file.modified_us !== null && now !== null && isOther(now, file);
    }
    return has_grown;
  }

  /** Brings the index up to date for a question about a span, where it may not be. */
  async prepareFor(asked: Span, signal: AbortSignal): Promise<void> {
    await this.#checkAllowed();
    const { index, track, layout_key, time, place } = this.#options;
    const state = await index.state(track);
    const is_followed = state !== null && state.layout_key === layout_key && state.is_complete;
    if (is_followed && time.now_ms() - state.scanned_at_ms < INDEX_FRESH_MS) {
      const newest = await index.edge(track, 'newest');
      if (newest !== null && asked.end_ms * 1000 <= newest.start_us!) return;
    }
    const range = {
      from_us: (asked.start_ms - FILE_DURATION_MS_MAX) * 1000,
      to_us: asked.end_ms * 1000,
    };
    const options = { ...this.#options, entries_max: LISTED_ENTRIES_MAX };
    const is_all = is_followed || !place.pattern.tells_time;
    const { is_complete } = await scanFolder(options, is_all ? null : range, signal);
    if (!is_complete) throw this.#broken('it has too many files to list');
    if (!place.pattern.tells_time) await this.#timeAll(signal);
  }

  /** From the start of its first file to the end of what can be read of its last one; null: it holds nothing. */
  async retained(signal: AbortSignal): Promise<Span | null> {
    const [oldest, newest] = await this.#edges(signal);
    if (oldest === null || newest === null) return null;
    const last = await this.measure.current(newest, signal);
    const end_us = newest.start_us! + (last?.duration_us ?? 0);
    return { start_ms: Math.floor(oldest.start_us! / 1000), end_ms: Math.ceil(end_us / 1000) };
  }

  async #edges(signal: AbortSignal): Promise<readonly [IndexedFile | null, IndexedFile | null]> {
    const { index, track, place } = this.#options;
    if ((await index.state(track))?.is_complete !== true && place.pattern.tells_time) {
      // Not followed to its end yet: what lies at both ends is brought into the index first.
      const budget = {
        listed_directories: 0,
        listed_entries: 0,
        looked_at: 0,
        entries_max: LISTED_ENTRIES_MAX,
      };
      for (const which of ['oldest', 'newest'] as const) {
        const edge = await edgeOfFolder(place, which, budget, signal);
        if (edge === null) return [null, null];
        const range = { from_us: edge.start_us, to_us: edge.start_us + 1 };
        await scanFolder({ ...this.#options, entries_max: LISTED_ENTRIES_MAX }, range, signal);
      }
    }
    return [await index.edge(track, 'oldest'), await index.edge(track, 'newest')];
  }

  /** Files whose names tell no time must all be opened before any span can be asked for. */
  async #timeAll(signal: AbortSignal): Promise<void> {
    const { index, track } = this.#options;
    for (let opened = 0; ; ) {
      const files = (await index.unsettled(track, 100)).filter(
        ({ state, start_us }) => state === 'named' && start_us === null,
      );
      if (files.length === 0) return;
      opened += files.length;
      if (opened > OPENED_FILES_MAX)
        throw this.#broken(`more than ${OPENED_FILES_MAX} files tell no time by their name`);
      for (const file of files) {
        if (signal.aborted) throw new CodedError('CANCELLED');
        await this.measure.current(file, signal);
      }
    }
  }

  async #checkAllowed(): Promise<void> {
    const { roots, place } = this.#options;
    if (roots !== undefined) await checkAllowedFolder(place.folder, roots, place.label);
  }

  #broken(reason: string): CodedError {
    return new CodedError('SOURCE_BROKEN', { address: this.#options.place.label, reason });
  }
}

const isOther = (a: IndexedFile, b: IndexedFile): boolean =>
  a.size_bytes !== b.size_bytes || a.modified_us !== b.modified_us;
