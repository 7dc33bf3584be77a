import type { ClockOffsetEstimate } from '@minhchung/domain';

export interface ClockOffsetRepository {
  /** Oldest epoch first. */
  historyOf(clock_id: string): Promise<ClockOffsetEstimate[]>;
  /** Narrows the epoch with the same beginning, or adds a new one. */
  save(clock_id: string, estimate: ClockOffsetEstimate): Promise<void>;
}
