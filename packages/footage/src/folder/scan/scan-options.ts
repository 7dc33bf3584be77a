import type { FolderIndex, FolderTrack, TimeSource } from '@minhchung/domain';
import type { FolderPlace } from './list-directory.ts';

/** What a pass over a folder works with. */
export interface ScanOptions {
  readonly place: FolderPlace;
  readonly index: FolderIndex;
  readonly track: FolderTrack;
  /** Names the folder and its layout; what was learned under another one is void. */
  readonly layout_key: string;
  readonly time: TimeSource;
  /** Entries after which the pass stops between two directories; the next pass goes on. */
  readonly entries_max: number;
}
