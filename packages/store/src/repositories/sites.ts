import type { Site } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { equal } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { asIs, keyset, toPage } from '../query/keyset.ts';
import { lockRow } from '../query/lock-row.ts';
import { indexWords } from '../query/search-index.ts';

export interface SiteRepository {
  /** Throws `ALREADY_EXISTS`. */
  create(site: Site): Promise<void>;
  byId(id: string): Promise<Site | null>;
  /** As `byId`, and nobody else changes it until the transaction ends. Within a transaction only. */
  lock(id: string): Promise<Site | null>;
  byCode(code: string): Promise<Site | null>;
  /** False when there is no such site. */
  update(site: Site): Promise<boolean>;
  list(filter: { readonly scheme_id?: string }, page: PageRequest): Promise<Page<Site>>;
}

export function siteRepository(db: Db): SiteRepository {
  return {
    create: (site) =>
      atomically(db, async (tx) => {
        await insertNew(tx, 'sites', { ...site }, { kind: 'site', name: site.code });
        await indexSite(tx, site);
      }),

    async byId(id) {
      return (await db.selectFrom('sites').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async lock(id) {
      await lockRow(db, 'sites', id);
      return (await db.selectFrom('sites').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    update: (site) =>
      atomically(db, async (tx) => {
        const { id, ...row } = site;
        const update = tx.updateTable('sites').set(row).where('id', '=', id);
        const is_changed = changed(await update.executeTakeFirst());
        if (is_changed) await indexSite(tx, site);
        return is_changed;
      }),

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

async function indexSite(tx: Db, { id, scheme_id, code, name }: Site): Promise<void> {
  const scheme = tx.selectFrom('schemes').select('unit_id').where('id', '=', scheme_id);
  const { unit_id } = await scheme.executeTakeFirstOrThrow();
  await indexWords(tx, { kind: 'site', id, unit_id, texts: [code, name] });
}
