import type { Decision } from '@minhchung/domain';

export interface DecisionRepository {
  add(decision: Decision): Promise<void>;
  /** Oldest first. */
  ofRequest(request_id: string): Promise<Decision[]>;
}
