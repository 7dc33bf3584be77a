import type { Clock } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';

export interface ClockRepository {
  create(clock: Clock): Promise<void>;
  byId(id: string): Promise<Clock | null>;
  list(page: PageRequest): Promise<Page<Clock>>;
}
