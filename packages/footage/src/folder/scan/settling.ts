import type { IndexedDirectory } from '@minhchung/domain';
import { DIRECTORY_OLD_MS, DIRECTORY_SETTLED_MS } from '../../limits.ts';

/** True of a directory that was still as it had been when it was listed after a long enough time. */
export function isSettled(row: IndexedDirectory): boolean {
  return row.listed_at_ms - row.unchanged_since_ms >= DIRECTORY_SETTLED_MS;
}

/**
 * Whether a directory that is as it was when it was last listed must be listed once more: file systems count time
 * coarsely, so what was added in the instant of a listing does not show in the modification time.
 */
export function needsLastListing(row: IndexedDirectory, now_ms: number): boolean {
  return !isSettled(row) && now_ms - row.unchanged_since_ms >= DIRECTORY_SETTLED_MS;
}

/**
 * Since when a directory has been as it is, by our own clock: the file server's may differ. One that says at first
 * sight that it was changed long ago is believed.
 */
export function unchangedSince_ms(
  row: IndexedDirectory | undefined,
  modified_us: number | null,
  now_ms: number,
): number {
  if (row !== undefined && row.modified_us === modified_us) return row.unchanged_since_ms;
  if (modified_us === null) return now_ms;
  const modified_ms = Math.floor(modified_us / 1000);
  return row === undefined && now_ms - modified_ms >= DIRECTORY_OLD_MS ? modified_ms : now_ms;
}

/** Directories that need not be looked at: settled themselves, with everything known below them. */
export function settledTrees(rows: readonly IndexedDirectory[]): ReadonlySet<string> {
  const settled = new Set(rows.filter(isSettled).map(({ directory }) => directory));
  for (const row of rows) {
    if (isSettled(row)) continue;
    for (const above of ancestors(row.directory)) settled.delete(above);
  }
  return settled;
}

/** Names directly below each directory, as far as rows tell of them. */
export function knownChildren(rows: readonly IndexedDirectory[]): ReadonlyMap<string, ReadonlySet<string>> {
  const children = new Map<string, Set<string>>();
  for (const { directory } of rows) {
    let below = directory;
    for (const above of ancestors(directory)) {
      const names = children.get(above) ?? new Set();
      children.set(above, names);
      names.add(below.slice(above === '' ? 0 : above.length + 1));
      below = above;
    }
  }
  return children;
}

/** The directories above one, nearest first, ending in the folder itself (''). */
function ancestors(directory: string): string[] {
  if (directory === '') return [];
  const parts = directory.split('/');
  return parts.map((_, n) => parts.slice(0, parts.length - 1 - n).join('/'));
}
