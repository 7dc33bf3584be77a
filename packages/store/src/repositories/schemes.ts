import type { Scheme } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { among } from '../query/conditions.ts';
import { type Db, insertNew } from '../query/insert.ts';
import { asIs, keyset, toPage } from '../query/keyset.ts';

export interface SchemeRepository {
  /** Throws `ALREADY_EXISTS`. */
  create(scheme: Scheme): Promise<void>;
  byId(id: string): Promise<Scheme | null>;
  byCode(code: string): Promise<Scheme | null>;
  list(filter: { readonly unit_ids?: readonly string[] }, page: PageRequest): Promise<Page<Scheme>>;
}

export function schemeRepository(db: Db): SchemeRepository {
  return {
    create: (scheme) => insertNew(db, 'schemes', { ...scheme }, { kind: 'scheme', name: scheme.code }),

    async byId(id) {
      return (await db.selectFrom('schemes').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async byCode(code) {
      return (await db.selectFrom('schemes').selectAll().where('code', '=', code).executeTakeFirst()) ?? null;
    },

    async list(filter, page) {
      const keys = keyset(page, ['schemes.code'], 'asc');
      const rows = await db
        .selectFrom('schemes')
        .selectAll()
        .where(among('unit_id', filter.unit_ids))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.code], asIs);
    },
  };
}
