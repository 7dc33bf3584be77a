import type { Owner } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface OwnerRepository {
  create(owner: Owner): Promise<void>;
  byId(id: string): Promise<Owner | null>;
  byIds(ids: readonly string[]): Promise<Owner[]>;
  update(owner: Owner): Promise<boolean>;
  list(page: PageRequest): Promise<Page<Owner>>;
}
