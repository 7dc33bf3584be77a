import type { Network } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface NetworkRepository {
  /** Throws `ALREADY_EXISTS`. */
  create(network: Network): Promise<void>;
  byId(id: string): Promise<Network | null>;
  byCode(code: string): Promise<Network | null>;
  list(page: PageRequest): Promise<Page<Network>>;
}
