/**
 * What is known of the files of a recording folder, kept so that a question about a span lists and opens nothing that
 * was settled before. Implemented by the store (shared by pollers and extractors) and in memory.
 *
 * Times of footage are the device's own, in microseconds; `_ms` are true times of this system. An index is a memory,
 * never evidence: whoever reads footage opens the files themselves and compares them with what is written here.
 */

/** The files of one camera in the folder of a recorder. */
export interface FolderTrack {
  readonly recorder_id: string;
  /** What `%path` stands for in the layout; empty where it has none. */
  readonly path: string;
}

/** Where a file's start was taken from; the first of these that tells it counts, in this order. */
export const FOLDER_TIME_SOURCES = ['name', 'metadata', 'modification'] as const;
export type FolderTimeSource = (typeof FOLDER_TIME_SOURCES)[number];

/** `named`: seen and not opened yet; `growing`: measured or not, it may still change; the others are settled. */
export const FOLDER_FILE_STATES = ['named', 'growing', 'measured', 'unreadable'] as const;
export type FolderFileState = (typeof FOLDER_FILE_STATES)[number];

/** One file. Everything but its name and place is null until it was looked at. */
export interface IndexedFile {
  /** Relative to the folder, with `/`, without a name; empty for the folder itself. */
  readonly directory: string;
  readonly name: string;
  /** Inode number where the file system keeps one, as text: it may have 64 bits. */
  readonly inode: string | null;
  readonly size_bytes: number | null;
  readonly modified_us: number | null;
  /** Since when, as far as was seen, size and modification have been what they are. */
  readonly unchanged_since_ms: number | null;
  /** When a scan saw it first: tells in which order files were written where the device's clock cannot. */
  readonly seen_at_ms: number;
  /** Device time of its first picture; null: nothing told it yet. */
  readonly start_us: number | null;
  readonly time_from: FolderTimeSource | null;
  readonly state: FolderFileState;
  /** From its first picture to the end of its last. */
  readonly duration_us: number | null;
  /** From its first picture to its last; null: nobody had to know. */
  readonly last_picture_us: number | null;
  readonly codec: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** Why it cannot be used. */
  readonly reason: string | null;
  /** Whether its beginning is also in the file before it: the same footage twice; null: nobody had to know. */
  readonly repeats: boolean | null;
}

/** One directory that was listed whole, or was looked for and is not there. */
export interface IndexedDirectory {
  readonly directory: string;
  /** Modification time taken before it was listed; null: it is not there. */
  readonly modified_us: number | null;
  /** Since when, as far as was seen, that has been so. */
  readonly unchanged_since_ms: number;
  readonly listed_at_ms: number;
}

/** How far the following of a track has come. */
export interface FolderTrackState {
  /** Names folder, layout and zone; under another one everything known is void. */
  readonly layout_key: string;
  /** The last pass that reached its end. */
  readonly scanned_at_ms: number;
  /** When a file was last seen to be new or to grow; 0: never since the first pass. */
  readonly changed_at_ms: number;
  /** When every directory was last looked at, also those that had settled. */
  readonly wide_at_ms: number;
  /** True once every directory was listed. */
  readonly is_complete: boolean;
}

/** What one directory's listing came to, written all at once. */
export interface FolderChanges {
  readonly directory: IndexedDirectory | null;
  readonly put: readonly IndexedFile[];
  /** Names in `in_directory` that are gone. */
  readonly gone: readonly string[];
  readonly in_directory: string;
}

/** Instants of device time, `[from_us, to_us)`. */
export interface FolderRange {
  readonly from_us: number;
  readonly to_us: number;
}

export interface FolderIndex {
  /** Null: never scanned, or not to its end. */
  state(track: FolderTrack): Promise<FolderTrackState | null>;
  saveState(track: FolderTrack, state: FolderTrackState): Promise<void>;
  /** Everything that was listed, in order of name. */
  directories(track: FolderTrack): Promise<IndexedDirectory[]>;
  /** Names of the files known in one directory. */
  names(track: FolderTrack, directory: string): Promise<string[]>;
  /** Files known in one directory under some of their names. */
  named(track: FolderTrack, directory: string, names: readonly string[]): Promise<IndexedFile[]>;
  /**
   * Files that begin before `to_us` and, if their length is known, end after `from_us`; in order of start, then name.
   * None that begins more than `reach_us` before `from_us`, and at most `limit` of them, the latest.
   */
  meeting(track: FolderTrack, range: FolderRange, reach_us: number, limit: number): Promise<IndexedFile[]>;
  /** The file that begins first, or last; null where none is known. */
  edge(track: FolderTrack, which: 'oldest' | 'newest'): Promise<IndexedFile | null>;
  /** Files that were not measured for good, the latest first; those of unknown time before all others. */
  unsettled(track: FolderTrack, limit: number): Promise<IndexedFile[]>;
  /** Writes what one directory came to, or new facts of some files: all of it or nothing. */
  apply(track: FolderTrack, changes: FolderChanges): Promise<void>;
  /** Forgets a directory with everything below it. */
  removeDirectory(track: FolderTrack, directory: string): Promise<void>;
  /** Forgets a track. */
  forget(track: FolderTrack): Promise<void>;
}
