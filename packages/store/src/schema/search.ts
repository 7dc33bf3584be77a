import type { HitKind } from '@minhchung/domain';

/** One word under which something is found. */
export interface SearchWordTable {
  subject_kind: HitKind;
  subject_id: string;
  /** Folded by `searchWords`. */
  word: string;
  /** The unit whose people may find it. */
  unit_id: string;
}
