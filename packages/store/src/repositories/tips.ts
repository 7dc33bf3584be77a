import type { Tip } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { among, equal } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import type { TipTable } from '../schema/cases.ts';

export interface TipRepository {
  create(tip: Tip): Promise<void>;
  byId(id: string): Promise<Tip | null>;
  /** Newest first. */
  list(
    filter: { readonly unit_ids?: readonly string[]; readonly incident_id?: string },
    page: PageRequest,
  ): Promise<Page<Tip>>;
  setIncident(id: string, incident_id: string | null): Promise<boolean>;
  setValue(id: string, of_value: boolean): Promise<boolean>;
}

export function tipRepository(db: Db): TipRepository {
  return {
    create: (tip) => insertNew(db, 'tips', toRow(tip), { kind: 'tip', name: tip.id }),

    async byId(id) {
      const row = await db.selectFrom('tips').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toTip(row);
    },

    async list(filter, page) {
      const keys = keyset(page, ['tips.received_at_ms', 'tips.id'], 'desc');
      const rows = await db
        .selectFrom('tips')
        .selectAll()
        .where(among('unit_id', filter.unit_ids))
        .where(equal('incident_id', filter.incident_id))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.received_at_ms, row.id], toTip);
    },

    async setIncident(id, incident_id) {
      return changed(
        await db.updateTable('tips').set({ incident_id }).where('id', '=', id).executeTakeFirst(),
      );
    },

    async setValue(id, of_value) {
      const update = db.updateTable('tips').set({ of_value: of_value ? 1 : 0 });
      return changed(await update.where('id', '=', id).executeTakeFirst());
    },
  };
}

function toRow(tip: Tip): TipTable {
  return { ...tip, of_value: tip.of_value === null ? null : Number(tip.of_value) };
}

function toTip(row: TipTable): Tip {
  return {
    ...row,
    channel: row.channel as Tip['channel'],
    of_value: row.of_value === null ? null : row.of_value === 1,
  };
}
