import type { Clock } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { type Db, insertNew } from '../query/insert.ts';
import { asIs, keyset, toPage } from '../query/keyset.ts';

export interface ClockRepository {
  create(clock: Clock): Promise<void>;
  byId(id: string): Promise<Clock | null>;
  list(page: PageRequest): Promise<Page<Clock>>;
}

export function clockRepository(db: Db): ClockRepository {
  return {
    create: (clock) => insertNew(db, 'clocks', { ...clock }, { kind: 'clock', name: clock.name }),

    async byId(id) {
      return (await db.selectFrom('clocks').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async list(page) {
      const keys = keyset(page, ['clocks.id'], 'asc');
      const rows = await db
        .selectFrom('clocks')
        .selectAll()
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.id], asIs);
    },
  };
}
