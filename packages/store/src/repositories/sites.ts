import type { Site } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { equal } from '../query/conditions.ts';
import { type Db, insertNew } from '../query/insert.ts';
import { asIs, keyset, toPage } from '../query/keyset.ts';

export interface SiteRepository {
  /** Throws `ALREADY_EXISTS`. */
  create(site: Site): Promise<void>;
  byId(id: string): Promise<Site | null>;
  byCode(code: string): Promise<Site | null>;
  list(filter: { readonly scheme_id?: string }, page: PageRequest): Promise<Page<Site>>;
}

export function siteRepository(db: Db): SiteRepository {
  return {
    create: (site) => insertNew(db, 'sites', { ...site }, { kind: 'site', name: site.code }),

    async byId(id) {
      return (await db.selectFrom('sites').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async byCode(code) {
      return (await db.selectFrom('sites').selectAll().where('code', '=', code).executeTakeFirst()) ?? null;
    },

    async list(filter, page) {
      const keys = keyset(page, ['sites.code'], 'asc');
      const rows = await db
        .selectFrom('sites')
        .selectAll()
        .where(equal('scheme_id', filter.scheme_id))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.code], asIs);
    },
  };
}
