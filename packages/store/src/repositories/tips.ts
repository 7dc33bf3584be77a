import type { Tip } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface TipRepository {
  create(tip: Tip): Promise<void>;
  byId(id: string): Promise<Tip | null>;
  /** Newest first. */
  list(
    filter: { readonly unit_ids?: readonly string[]; readonly incident_id?: string },
    page: PageRequest,
  ): Promise<Page<Tip>>;
  setIncident(id: string, incident_id: string | null): Promise<boolean>;
  setValue(id: string, of_value: boolean): Promise<boolean>;
}
