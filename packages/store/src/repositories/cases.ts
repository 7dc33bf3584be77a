import { type Case, CodedError } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { among, containsWords, inParts, searchText } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import type { CaseTable } from '../schema/cases.ts';

export interface CaseRepository {
  /** Throws `ALREADY_EXISTS` when the unit has a case of this number. */
  create(record: Case): Promise<void>;
  byId(id: string): Promise<Case | null>;
  byNumber(unit_id: string, number: string): Promise<Case | null>;
  /** Newest first. */
  list(
    filter: { readonly unit_ids?: readonly string[]; readonly open?: boolean; readonly text?: string },
    page: PageRequest,
  ): Promise<Page<Case>>;
  linkIncident(case_id: string, incident_id: string): Promise<void>;
  /** Ties a provisional case to its official number. Throws `ALREADY_EXISTS`. */
  setOfficialNumber(id: string, number: string): Promise<boolean>;
  /** False when it was closed already or does not exist. */
  close(id: string, at_ms: number): Promise<boolean>;
}

export function caseRepository(db: Db): CaseRepository {
  return {
    create: (record) => atomically(db, (tx) => create(tx, record)),

    async byId(id) {
      const row = await db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : (await withIncidents(db, [row]))[0]!;
    },

    async byNumber(unit_id, number) {
      const row = await db
        .selectFrom('cases')
        .selectAll()
        .where('unit_id', '=', unit_id)
        .where('number', '=', number)
        .executeTakeFirst();
      return row === undefined ? null : (await withIncidents(db, [row]))[0]!;
    },

    async list(filter, page) {
      const keys = keyset(page, ['cases.opened_at_ms', 'cases.id'], 'desc');
      const rows = await db
        .selectFrom('cases')
        .selectAll()
        .where(among('unit_id', filter.unit_ids))
        .$if(filter.open !== undefined, (query) =>
          query.where('closed_at_ms', filter.open === true ? 'is' : 'is not', null),
        )
        .where(containsWords('search_text', filter.text))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      const records = new Map((await withIncidents(db, rows)).map((record) => [record.id, record]));
      return toPage(
        rows,
        page,
        (row) => [row.opened_at_ms, row.id],
        (row) => records.get(row.id)!,
      );
    },

    async linkIncident(case_id, incident_id) {
      await db
        .insertInto('case_incidents')
        .values({ case_id, incident_id })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    setOfficialNumber: (id, number) => atomically(db, (tx) => setOfficialNumber(tx, id, number)),

    async close(id, at_ms) {
      const update = db.updateTable('cases').set({ closed_at_ms: at_ms });
      return changed(await update.where('id', '=', id).where('closed_at_ms', 'is', null).executeTakeFirst());
    },
  };
}

async function create(tx: Db, { incident_ids, ...record }: Case): Promise<void> {
  const row = {
    ...record,
    is_provisional: record.is_provisional ? 1 : 0,
    search_text: searchText(record.number, record.title),
  };
  await insertNew(tx, 'cases', row, { kind: 'case', name: record.number });
  if (incident_ids.length === 0) return;
  const links = incident_ids.map((incident_id) => ({ case_id: record.id, incident_id }));
  await tx.insertInto('case_incidents').values(links).execute();
}

async function setOfficialNumber(tx: Db, id: string, number: string): Promise<boolean> {
  const record = await tx.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst();
  if (record === undefined || record.is_provisional === 0) return false;
  const taken = await tx
    .selectFrom('cases')
    .select('id')
    .where('unit_id', '=', record.unit_id)
    .where('number', '=', number)
    .where('id', '<>', id)
    .executeTakeFirst();
  if (taken !== undefined) throw new CodedError('ALREADY_EXISTS', { kind: 'case', name: number });
  const search_text = searchText(number, record.title);
  const update = tx.updateTable('cases').set({ number, is_provisional: 0, search_text });
  return changed(await update.where('id', '=', id).where('is_provisional', '=', 1).executeTakeFirst());
}

async function withIncidents(db: Db, rows: readonly CaseTable[]): Promise<Case[]> {
  const links = await inParts(
    rows.map((row) => row.id),
    (ids) =>
      db
        .selectFrom('case_incidents')
        .selectAll()
        .where('case_id', 'in', ids)
        .orderBy('incident_id')
        .execute(),
  );
  return rows.map(({ search_text: _, ...row }) => ({
    ...row,
    is_provisional: row.is_provisional === 1,
    incident_ids: links.filter(({ case_id }) => case_id === row.id).map(({ incident_id }) => incident_id),
  }));
}
