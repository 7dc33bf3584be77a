import type { Hold } from '@minhchung/domain';

export interface HoldRepository {
  add(hold: Hold): Promise<void>;
  /** Oldest first. */
  ofCase(case_id: string): Promise<Hold[]>;
  /** False when it was lifted already or does not exist. */
  lift(id: string, at_ms: number): Promise<boolean>;
}
