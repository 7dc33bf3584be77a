import type { Clip, Span } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import type { Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import type { ClipTable } from '../schema/requests.ts';

export interface ClipRepository {
  byId(id: string): Promise<Clip | null>;
  /** An item has one clip at most: null when it was not delivered. */
  ofItem(item_id: string): Promise<Clip | null>;
  list(page: PageRequest): Promise<Page<Clip>>;
}

export function clipRepository(db: Db): ClipRepository {
  return {
    async byId(id) {
      const row = await db.selectFrom('clips').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toClip(row);
    },

    async ofItem(item_id) {
      const row = await db.selectFrom('clips').selectAll().where('item_id', '=', item_id).executeTakeFirst();
      return row === undefined ? null : toClip(row);
    },

    async list(page) {
      const keys = keyset(page, ['clips.id'], 'asc');
      const rows = await db
        .selectFrom('clips')
        .selectAll()
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.id], toClip);
    },
  };
}

function toClip(row: ClipTable): Clip {
  return { ...row, found: JSON.parse(row.found) as Span[], gaps: JSON.parse(row.gaps) as Span[] };
}
