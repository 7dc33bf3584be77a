import type { Incident } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface IncidentRepository {
  create(incident: Incident): Promise<void>;
  byId(id: string): Promise<Incident | null>;
  /** Newest first. */
  list(
    filter: { readonly unit_ids?: readonly string[]; readonly category?: string; readonly text?: string },
    page: PageRequest,
  ): Promise<Page<Incident>>;
  /** A dated fact, set once: false when it was clarified already or does not exist. */
  clarify(id: string, at_ms: number): Promise<boolean>;
}
