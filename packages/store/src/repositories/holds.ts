import type { Hold } from '@minhchung/domain';
import { changed, type Db, insertNew } from '../query/insert.ts';

export interface HoldRepository {
  add(hold: Hold): Promise<void>;
  /** Oldest first. */
  ofCase(case_id: string): Promise<Hold[]>;
  /** False when it was lifted already or does not exist. */
  lift(id: string, at_ms: number): Promise<boolean>;
}

export function holdRepository(db: Db): HoldRepository {
  return {
    add: (hold) => insertNew(db, 'holds', { ...hold }, { kind: 'hold', name: hold.id }),

    ofCase: (case_id) =>
      db
        .selectFrom('holds')
        .selectAll()
        .where('case_id', '=', case_id)
        .orderBy('from_ms')
        .orderBy('id')
        .execute(),

    async lift(id, at_ms) {
      const update = db.updateTable('holds').set({ until_ms: at_ms });
      return changed(await update.where('id', '=', id).where('until_ms', 'is', null).executeTakeFirst());
    },
  };
}
