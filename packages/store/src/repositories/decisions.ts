import type { Decision } from '@minhchung/domain';
import { type Db, insertNew } from '../query/insert.ts';

export interface DecisionRepository {
  /**
   * Append the audit event in the same transaction, with the request as its subject and the decision's account
   * and time: that is how a manifest finds the approval it cites.
   */
  add(decision: Decision): Promise<void>;
  /** Oldest first. */
  ofRequest(request_id: string): Promise<Decision[]>;
}

export function decisionRepository(db: Db): DecisionRepository {
  return {
    add: (decision) => insertNew(db, 'decisions', { ...decision }, { kind: 'decision', name: decision.id }),

    ofRequest: (request_id) =>
      db
        .selectFrom('decisions')
        .selectAll()
        .where('request_id', '=', request_id)
        .orderBy('decided_at_ms')
        .orderBy('id')
        .execute(),
  };
}
