import type { Handover } from '@minhchung/domain';
import { type Db, insertNew } from '../query/insert.ts';

export interface HandoverRepository {
  add(handover: Handover): Promise<void>;
  /** Oldest first. */
  ofItem(item_id: string): Promise<Handover[]>;
}

export function handoverRepository(db: Db): HandoverRepository {
  return {
    add: (handover) => insertNew(db, 'handovers', { ...handover }, { kind: 'handover', name: handover.id }),

    ofItem: (item_id) =>
      db
        .selectFrom('handovers')
        .selectAll()
        .where('item_id', '=', item_id)
        .orderBy('at_ms')
        .orderBy('id')
        .execute(),
  };
}
