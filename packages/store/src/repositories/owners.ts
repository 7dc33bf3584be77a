import type { Owner } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { inParts } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { asIs, keyset, toPage } from '../query/keyset.ts';
import { lockRow } from '../query/lock-row.ts';
import { refreshSearchText } from './cameras.ts';

export interface OwnerRepository {
  create(owner: Owner): Promise<void>;
  byId(id: string): Promise<Owner | null>;
  /** As `byId`, and nobody else changes it until the transaction ends. Within a transaction only. */
  lock(id: string): Promise<Owner | null>;
  byIds(ids: readonly string[]): Promise<Owner[]>;
  update(owner: Owner): Promise<boolean>;
  list(page: PageRequest): Promise<Page<Owner>>;
}

export function ownerRepository(db: Db): OwnerRepository {
  return {
    create: (owner) => insertNew(db, 'owners', { ...owner }, { kind: 'owner', name: owner.name }),

    async byId(id) {
      return (await db.selectFrom('owners').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async lock(id) {
      await lockRow(db, 'owners', id);
      return (await db.selectFrom('owners').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    byIds: (ids) =>
      inParts(ids, (part) => db.selectFrom('owners').selectAll().where('id', 'in', part).execute()),

    update: ({ id, ...owner }) =>
      atomically(db, async (tx) => {
        const result = await tx.updateTable('owners').set(owner).where('id', '=', id).executeTakeFirst();
        await refreshSearchText(tx, id);
        return changed(result);
      }),

    async list(page) {
      const keys = keyset(page, ['owners.id'], 'asc');
      const rows = await db
        .selectFrom('owners')
        .selectAll()
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.id], asIs);
    },
  };
}
