import type { Access } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface AccessRepository {
  add(access: Access): Promise<void>;
  /** Newest first. */
  ofItem(item_id: string, page: PageRequest): Promise<Page<Access>>;
}
