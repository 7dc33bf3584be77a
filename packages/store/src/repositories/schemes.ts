import type { Scheme } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { among } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { asIs, keyset, toPage } from '../query/keyset.ts';
import { lockRow } from '../query/lock-row.ts';
import { indexWords } from '../query/search-index.ts';

export interface SchemeRepository {
  /** Throws `ALREADY_EXISTS`. */
  create(scheme: Scheme): Promise<void>;
  byId(id: string): Promise<Scheme | null>;
  /** As `byId`, and nobody else changes it until the transaction ends. Within a transaction only. */
  lock(id: string): Promise<Scheme | null>;
  byCode(code: string): Promise<Scheme | null>;
  /** False when there is no such scheme. */
  update(scheme: Scheme): Promise<boolean>;
  list(filter: { readonly unit_ids?: readonly string[] }, page: PageRequest): Promise<Page<Scheme>>;
}

export function schemeRepository(db: Db): SchemeRepository {
  return {
    create: (scheme) =>
      atomically(db, async (tx) => {
        await insertNew(tx, 'schemes', { ...scheme }, { kind: 'scheme', name: scheme.code });
        await indexWords(tx, { kind: 'scheme', ...scheme, texts: [scheme.code, scheme.name] });
      }),

    async byId(id) {
      return (await db.selectFrom('schemes').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async lock(id) {
      await lockRow(db, 'schemes', id);
      return (await db.selectFrom('schemes').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    update: ({ id, ...scheme }) =>
      atomically(db, async (tx) => {
        const update = tx.updateTable('schemes').set(scheme).where('id', '=', id);
        const is_changed = changed(await update.executeTakeFirst());
        if (is_changed)
          await indexWords(tx, { kind: 'scheme', id, ...scheme, texts: [scheme.code, scheme.name] });
        return is_changed;
      }),

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
