import type { IndexedDirectory, IndexedFile } from '@minhchung/domain';
import { FILES_PER_WRITE, RENAMED_LOOKED_AT_MAX } from '../../limits.ts';
import { type Candidate, lookAt, type ScanBudget } from './list-directory.ts';
import type { ScanOptions } from './scan-options.ts';

/** What a directory held when it was listed, beside what was known of it. */
export interface Listing {
  readonly directory: string;
  /** Files that were not known before. */
  readonly fresh: readonly Candidate[];
  readonly gone: readonly string[];
  readonly now_ms: number;
}

/**
 * Writes what a listing changes. The directory itself is written last: a pass that is cut short lists it again.
 * Returns how many files were not known before.
 */
export async function writeListing(
  { place, index, track }: ScanOptions,
  { directory, fresh, gone, now_ms }: Listing,
  as_listed: IndexedDirectory,
  budget: ScanBudget,
): Promise<number> {
  const lost = new Map<string, IndexedFile>();
  if (fresh.length > 0 && gone.length > 0 && fresh.length <= RENAMED_LOOKED_AT_MAX) {
    for (const file of await index.named(track, directory, gone)) {
      const identity = identityOf(file);
      if (identity !== null) lost.set(identity, file);
    }
  }
  const put: IndexedFile[] = [];
  for (const { name, start_us } of fresh) {
    const named = namedFile(directory, name, start_us, now_ms);
    if (lost.size === 0) {
      put.push(named);
      continue;
    }
    budget.looked_at += 1;
    const facts = await lookAt(place, [...(directory === '' ? [] : directory.split('/')), name]);
    const identity = facts === null ? null : identityOf(facts);
    const old = identity === null ? undefined : lost.get(identity);
    put.push(old === undefined ? named : renamed(old, named));
  }
  const changes = { gone, in_directory: directory };
  for (let from = 0; from + FILES_PER_WRITE < put.length; from += FILES_PER_WRITE) {
    const part = put.slice(from, from + FILES_PER_WRITE);
    await index.apply(track, { directory: null, put: part, gone: [], in_directory: directory });
  }
  const last = put.slice(Math.floor(Math.max(0, put.length - 1) / FILES_PER_WRITE) * FILES_PER_WRITE);
  await index.apply(track, { directory: as_listed, put: last, ...changes });
  return put.length;
}

/** What makes two names one file: null where the file system or the index cannot tell. */
function identityOf(file: Pick<IndexedFile, 'inode' | 'size_bytes' | 'modified_us'>): string | null {
  const { inode, size_bytes, modified_us } = file;
  if (inode === null || size_bytes === null || modified_us === null) return null;
  return `${inode} ${size_bytes} ${modified_us}`;
}

/** A file of which only the name is known. */
function namedFile(directory: string, name: string, start_us: number | null, now_ms: number): IndexedFile {
  return {
    ...{ directory, name, seen_at_ms: now_ms, start_us, time_from: start_us === null ? null : 'name' },
    ...{ inode: null, size_bytes: null, modified_us: null, unchanged_since_ms: null, state: 'named' },
    ...{ duration_us: null, last_picture_us: null, codec: null, width: null, height: null },
    ...{ reason: null, repeats: null },
  };
}

/** What was measured belongs to the file; when it begins is said by its new name. */
function renamed(old: IndexedFile, named: IndexedFile): IndexedFile {
  const { directory, name, start_us, time_from } = named;
  const time = start_us === null ? {} : { start_us, time_from };
  return { ...old, directory, name, ...time, repeats: null };
}
