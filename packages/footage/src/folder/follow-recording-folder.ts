import type { Span } from '@minhchung/domain';
import { openFolder, type RecordingFolderOptions } from './recording-folder-source.ts';

export interface FollowOptions extends RecordingFolderOptions {
  /** Entries listed, and files opened, in one pass at most. */
  readonly entries_max: number;
  readonly files_opened_max: number;
}

/** What following one camera's files came to. */
export interface FollowedTrack {
  /** From its first to its newest footage, device time; null: there is none. */
  readonly retained: Span | null;
  /** For how long, true time, nothing was seen to be new or to grow. */
  readonly unchanged_ms: number;
  /** False: more is to be listed in another pass. */
  readonly is_complete: boolean;
  /** What the pass cost. */
  readonly work: FollowingWork;
}

/** Counts of one pass. */
export interface FollowingWork {
  readonly listed_directories: number;
  readonly listed_entries: number;
  /** Directories whose modification time was asked for. */
  readonly looked_at: number;
  readonly opened_files: number;
}

const NO_WORK = { listed_directories: 0, listed_entries: 0, looked_at: 0, opened_files: 0 };

/**
 * One bounded pass over a recording folder: brings its index up to date, measures what is new and says what the folder
 * holds. Needs work in proportion to what changed. Throws as reading the folder does.
 */
export async function followRecordingFolder(
  options: FollowOptions,
  signal: AbortSignal,
): Promise<FollowedTrack> {
  const { index, track, followed } = openFolder(options);
  const { is_complete, new_files: _, ...looked } = await followed.scan(options.entries_max, signal);
  const has_grown = await followed.measureUnsettled(options.files_opened_max, signal);
  const now_ms = Math.round(options.time.now_ms());
  const state = await index.state(track);
  if (has_grown && state !== null) {
    await index.saveState(track, { ...state, changed_at_ms: now_ms });
  }
  const retained = await followed.retained(signal);
  const newest = await index.edge(track, 'newest');
  const seen_ms = Math.max(
    has_grown ? now_ms : (state?.changed_at_ms ?? 0),
    newest?.unchanged_since_ms ?? newest?.seen_at_ms ?? 0,
  );
  const work = { ...looked, opened_files: followed.measure.opened };
  return { retained, unchanged_ms: Math.max(0, now_ms - seen_ms), is_complete, work };
}

/** What an earlier pass learned, without touching the folder; null: there was none. */
export async function recallRecordingFolder(options: RecordingFolderOptions): Promise<FollowedTrack | null> {
  const { index, track, layout_key } = openFolder(options);
  const state = await index.state(track);
  const oldest = await index.edge(track, 'oldest');
  const newest = await index.edge(track, 'newest');
  if (state?.is_complete !== true || state.layout_key !== layout_key) return null;
  const unchanged_ms = Math.max(0, state.scanned_at_ms - state.changed_at_ms);
  if (oldest === null || newest === null)
    return { retained: null, unchanged_ms, is_complete: false, work: NO_WORK };
  const end_us = newest.start_us! + (newest.duration_us ?? 0);
  const retained = {
    start_ms: Math.floor(oldest.start_us! / 1000),
    end_ms: Math.ceil(end_us / 1000),
  };
  return { retained, unchanged_ms, is_complete: false, work: NO_WORK };
}
