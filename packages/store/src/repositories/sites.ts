import type { Site } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface SiteRepository {
  /** Throws `ALREADY_EXISTS`. */
  create(site: Site): Promise<void>;
  byId(id: string): Promise<Site | null>;
  byCode(code: string): Promise<Site | null>;
  list(filter: { readonly scheme_id?: string }, page: PageRequest): Promise<Page<Site>>;
}
