import type { Decision } from '@minhchung/domain';
import { type Db, insertNew } from '../query/insert.ts';
import type { DecisionTable } from '../schema/requests.ts';

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
    add: (decision) => insertNew(db, 'decisions', toRow(decision), { kind: 'decision', name: decision.id }),

    async ofRequest(request_id) {
      const rows = await db
        .selectFrom('decisions')
        .selectAll()
        .where('request_id', '=', request_id)
        .orderBy('decided_at_ms')
        .orderBy('id')
        .execute();
      return rows.map(toDecision);
    },
  };
}

function toRow({ approved, ...decision }: Decision): DecisionTable {
  return {
    ...decision,
    approved_start_ms: approved?.start_ms ?? null,
    approved_end_ms: approved?.end_ms ?? null,
  };
}

function toDecision({ approved_start_ms, approved_end_ms, ...decision }: DecisionTable): Decision {
  const is_part = approved_start_ms !== null && approved_end_ms !== null;
  return { ...decision, approved: is_part ? { start_ms: approved_start_ms, end_ms: approved_end_ms } : null };
}
