import type { Clip } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface ClipRepository {
  byId(id: string): Promise<Clip | null>;
  /** An item has one clip at most: null when it was not delivered. */
  ofItem(item_id: string): Promise<Clip | null>;
  list(page: PageRequest): Promise<Page<Clip>>;
}
