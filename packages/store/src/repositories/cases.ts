import type { Case } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface CaseRepository {
  /** Throws `ALREADY_EXISTS` when the unit has a case of this number. */
  create(record: Case): Promise<void>;
  byId(id: string): Promise<Case | null>;
  byNumber(unit_id: string, number: string): Promise<Case | null>;
  /** Newest first. */
  list(
    filter: { readonly unit_ids?: readonly string[]; readonly open?: boolean; readonly text?: string },
    page: PageRequest,
  ): Promise<Page<Case>>;
  linkIncident(case_id: string, incident_id: string): Promise<void>;
  /** Ties a provisional case to its official number. Throws `ALREADY_EXISTS`. */
  setOfficialNumber(id: string, number: string): Promise<boolean>;
  /** False when it was closed already or does not exist. */
  close(id: string, at_ms: number): Promise<boolean>;
}
