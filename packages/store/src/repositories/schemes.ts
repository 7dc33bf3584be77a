import type { Scheme } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface SchemeRepository {
  /** Throws `ALREADY_EXISTS`. */
  create(scheme: Scheme): Promise<void>;
  byId(id: string): Promise<Scheme | null>;
  byCode(code: string): Promise<Scheme | null>;
  list(filter: { readonly unit_ids?: readonly string[] }, page: PageRequest): Promise<Page<Scheme>>;
}
