import type { Coverage } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface CoverageRepository {
  /** A row per observation whose span differs from the newest; an equal one adds nothing. */
  record(coverage: Coverage): Promise<void>;
  /** The newest of each camera that has one. */
  latest(camera_ids: readonly string[]): Promise<Coverage[]>;
  /** Newest first. */
  history(camera_id: string, page: PageRequest): Promise<Page<Coverage>>;
}
