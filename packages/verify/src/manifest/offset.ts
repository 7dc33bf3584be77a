import type { Manifest, ManifestSearch } from '@minhchung/formats';

/** Device clock minus true time, in milliseconds. */
export interface Offset {
  readonly min_ms: number;
  readonly max_ms: number;
}

/** The bounds of a stated offset; null when it is stated to be unknown. */
export function offsetOf(stated: Pick<ManifestSearch, 'offset_min_ms' | 'offset_max_ms'>): Offset | null {
  const { offset_min_ms: min_ms, offset_max_ms: max_ms } = stated;
  return min_ms === null || max_ms === null ? null : { min_ms, max_ms };
}

/** The searches, those that answer for the same approved part together: its alternatives. */
export function alternativesByPart({ searches }: Manifest): ManifestSearch[][] {
  const parts: ManifestSearch[][] = [];
  let key = '';
  for (const search of searches) {
    const { start_ms, end_ms } = search.approved_part;
    const key_here = `${start_ms}–${end_ms}`;
    if (key_here !== key) parts.push([]);
    key = key_here;
    parts.at(-1)!.push(search);
  }
  return parts;
}
