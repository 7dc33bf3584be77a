/** What part of a list is wanted. Lists are paged by keyset, never by counting rows. */
export interface PageRequest {
  /** Rows wanted at most, 1 … `PAGE_ROWS_MAX`. */
  readonly limit: number;
  /** `next` of the page before; null: from the beginning. Opaque: not to be made or taken apart by callers. */
  readonly after: string | null;
}

/** One part of a list. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** Give it as `after` to go on; null at the end of the list. */
  readonly next: string | null;
}
