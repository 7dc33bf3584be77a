import type { Incident } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { among, containsWords, equal, searchText } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import type { IncidentTable } from '../schema/cases.ts';

export interface IncidentRepository {
  create(incident: Incident): Promise<void>;
  byId(id: string): Promise<Incident | null>;
  /** Newest first. */
  list(
    filter: { readonly unit_ids?: readonly string[]; readonly category?: string; readonly text?: string },
    page: PageRequest,
  ): Promise<Page<Incident>>;
  /** A dated fact, set once: false when it was clarified already or does not exist. */
  clarify(id: string, at_ms: number): Promise<boolean>;
}

export function incidentRepository(db: Db): IncidentRepository {
  return {
    create: (incident) =>
      insertNew(db, 'incidents', toRow(incident), { kind: 'incident', name: incident.id }),

    async byId(id) {
      const row = await db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toIncident(row);
    },

    async list(filter, page) {
      const keys = keyset(page, ['incidents.created_at_ms', 'incidents.id'], 'desc');
      const rows = await db
        .selectFrom('incidents')
        .selectAll()
        .where(among('unit_id', filter.unit_ids))
        .where(equal('category', filter.category))
        .where(containsWords('search_text', filter.text))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.created_at_ms, row.id], toIncident);
    },

    async clarify(id, at_ms) {
      const update = db.updateTable('incidents').set({ clarified_at_ms: at_ms });
      return changed(
        await update.where('id', '=', id).where('clarified_at_ms', 'is', null).executeTakeFirst(),
      );
    },
  };
}

function toRow({ position, span, ...incident }: Incident): IncidentTable {
  return {
    ...incident,
    latitude_deg: position.latitude_deg,
    longitude_deg: position.longitude_deg,
    span_start_ms: span.start_ms,
    span_end_ms: span.end_ms,
    search_text: searchText(incident.category, incident.summary),
  };
}

function toIncident(row: IncidentTable): Incident {
  const { latitude_deg, longitude_deg, span_start_ms, span_end_ms, search_text: _, ...incident } = row;
  return {
    ...incident,
    position: { latitude_deg, longitude_deg },
    span: { start_ms: span_start_ms, end_ms: span_end_ms },
  };
}
