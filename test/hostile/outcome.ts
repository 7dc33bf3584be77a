/** How one way of reading one file ended. `code` is null where it ended well. */
export interface Outcome {
  readonly way: Way;
  readonly name: string;
  readonly code: string | null;
  /** Frames read, or what is said of the failure. */
  readonly frames: number;
  readonly said: string;
  readonly rss_max_mb: number;
}

export const WAYS = ['reader', 'folder', 'playable', 'sheet'] as const;
export type Way = (typeof WAYS)[number];
