import type { PatternFields } from '@minhchung/domain';
import { type Candidate, type FolderPlace, listDirectory, type ScanBudget } from './list-directory.ts';

/** A file found by its name alone. */
export interface EdgeFile {
  readonly directory: string;
  readonly name: string;
  readonly start_us: number;
}

/**
 * The file that says it begins first, or last, found by listing the outermost directories only; null where there is
 * none, or names tell no time. For folders that were not followed to the end yet.
 */
export async function edgeOfFolder(
  place: FolderPlace,
  which: 'oldest' | 'newest',
  budget: ScanBudget,
  signal: AbortSignal,
): Promise<EdgeFile | null> {
  const sign = which === 'oldest' ? 1 : -1;
  const key = ({ start_us, from_us }: Candidate) => start_us ?? from_us;
  const search = async (above: readonly string[], fields: PatternFields): Promise<EdgeFile | null> => {
    const is_leaf = above.length + 1 === place.pattern.segments.length;
    const { literal } = place.pattern.segments[above.length]!;
    if (!is_leaf && literal !== null) return await search([...above, literal], fields);
    const candidates = (await listDirectory(place, above, fields, budget, signal)) ?? [];
    for (const { name, fields: below, start_us } of candidates.sort((a, b) => sign * (key(a) - key(b)))) {
      if (is_leaf) return start_us === null ? null : { directory: above.join('/'), name, start_us };
      const found = await search([...above, name], below);
      if (found !== null) return found;
    }
    return null;
  };
  return await search([], {});
}
