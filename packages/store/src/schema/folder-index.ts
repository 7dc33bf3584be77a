import type { FolderFileState, FolderTimeSource } from '@minhchung/domain';

/** The files of one camera in a recorder's folder. */
export interface FolderTrackTable {
  /** Short name of the track in the two big tables. */
  number: number;
  recorder_id: string;
  /** Empty where the layout has no `%path`. */
  path: string;
  /** Null: no pass has come to its end. */
  layout_key: string | null;
  scanned_at_ms: number | null;
  changed_at_ms: number | null;
  wide_at_ms: number | null;
  is_complete: number;
}

/** A directory that was listed. */
export interface FolderDirectoryTable {
  track: number;
  directory: string;
  /** Null: it is not there. */
  modified_us: number | null;
  unchanged_since_ms: number;
  listed_at_ms: number;
}

/** A file of a recording folder; what is null was not looked at. Device times in microseconds. */
export interface FolderFileTable {
  track: number;
  directory: string;
  name: string;
  inode: string | null;
  size_bytes: number | null;
  modified_us: number | null;
  unchanged_since_ms: number | null;
  seen_at_ms: number;
  start_us: number | null;
  time_from: FolderTimeSource | null;
  state: FolderFileState;
  duration_us: number | null;
  last_picture_us: number | null;
  codec: string | null;
  width: number | null;
  height: number | null;
  reason: string | null;
  repeats: number | null;
}
