import type { Access } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { type Db, insertNew } from '../query/insert.ts';
import { asIs, keyset, toPage } from '../query/keyset.ts';

export interface AccessRepository {
  add(access: Access): Promise<void>;
  /** Newest first. */
  ofItem(item_id: string, page: PageRequest): Promise<Page<Access>>;
}

export function accessRepository(db: Db): AccessRepository {
  return {
    add: (access) => insertNew(db, 'accesses', { ...access }, { kind: 'access', name: access.id }),

    async ofItem(item_id, page) {
      const keys = keyset(page, ['accesses.at_ms', 'accesses.id'], 'desc');
      const rows = await db
        .selectFrom('accesses')
        .selectAll()
        .where('item_id', '=', item_id)
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.at_ms, row.id], asIs);
    },
  };
}
