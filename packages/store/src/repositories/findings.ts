import type { Finding, FindingKind, FindingNote, FindingSubject, NewFinding } from '@minhchung/domain';
import { sql } from 'kysely';
import type { Page, PageRequest } from '../paging.ts';
import { among, equal, inParts } from '../query/conditions.ts';
import { changed, type Db } from '../query/insert.ts';
import { asIs, keyset, toPage } from '../query/keyset.ts';
import { newId, newIdInOrder } from '../query/new-id.ts';
import type { FindingTable } from '../schema/network-state.ts';

export interface FindingFilter {
  readonly unit_ids?: readonly string[];
  readonly kind?: FindingKind;
  readonly recorder_id?: string;
  readonly camera_id?: string;
  readonly assigned_person_id?: string;
  /** Only troubles that last since this true time or longer. */
  readonly since_before_ms?: number;
  /** Leaves out what is snoozed beyond this true time. */
  readonly awake_at_ms?: number;
}

export interface FindingRepository {
  /**
   * Opens a finding, or brings the details of the open one of this kind and subject up to date (its beginning
   * stays the earlier one). `is_new` tells which.
   */
  open(finding: NewFinding, at_ms: number): Promise<{ readonly is_new: boolean }>;
  /** Closes the open finding of this kind and subject; false when there is none. `by`: `poller` or a person. */
  close(subject: FindingSubject, at_ms: number, by: string): Promise<boolean>;
  byId(id: string): Promise<Finding | null>;
  /** Open findings of these recorders and of their cameras. */
  openOf(recorder_ids: readonly string[]): Promise<Finding[]>;
  /** Open findings, the oldest trouble first. */
  list(filter: FindingFilter, page: PageRequest): Promise<Page<Finding>>;
  /** Findings of a camera or recorder, closed ones included, newest first. */
  history(subject_id: string, page: PageRequest): Promise<Page<Finding>>;
  /** Ids of recorders with an open finding, in order. */
  recordersWithOpen(page: PageRequest): Promise<Page<string>>;
  /** Gives it to a person, or to nobody; false when it is closed or unknown. */
  assign(id: string, person_id: string | null): Promise<boolean>;
  /** Leaves it alone until a true time, or no longer; false when it is closed or unknown. */
  snooze(id: string, until_ms: number | null): Promise<boolean>;
  /** Of notes made in one moment, the later one is told later. */
  addNote(note: Omit<FindingNote, 'id'>): Promise<void>;
  /** Oldest first. */
  notesOf(finding_id: string): Promise<FindingNote[]>;
}

/** The work list: troubles that need a person. */
export function findingRepository(db: Db): FindingRepository {
  return {
    open: (finding, at_ms) => open(db, finding, at_ms),

    async close({ kind, subject_kind, subject_id }, at_ms, by) {
      const update = db.updateTable('findings').set({ closed_at_ms: at_ms, closed_by: by });
      const result = await update
        .where('subject_id', '=', subject_id)
        .where('kind', '=', kind)
        .where('subject_kind', '=', subject_kind)
        .where('closed_at_ms', 'is', null)
        .executeTakeFirst();
      return changed(result);
    },

    async byId(id) {
      const row = await db.selectFrom('findings').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toFinding(row);
    },

    async openOf(recorder_ids) {
      const rows = await inParts(recorder_ids, (ids) =>
        db
          .selectFrom('findings')
          .selectAll()
          .where('recorder_id', 'in', ids)
          .where('closed_at_ms', 'is', null)
          .execute(),
      );
      return rows.map(toFinding);
    },

    async list(filter, page) {
      const keys = keyset(page, ['findings.since_ms', 'findings.id'], 'asc');
      const rows = await db
        .selectFrom('findings')
        .selectAll()
        .where('closed_at_ms', 'is', null)
        .where(among('findings.unit_id', filter.unit_ids))
        .where(equal('findings.kind', filter.kind))
        .where(equal('findings.recorder_id', filter.recorder_id))
        .where(equal('findings.camera_id', filter.camera_id))
        .where(equal('findings.assigned_person_id', filter.assigned_person_id))
        .$if(filter.since_before_ms !== undefined, (q) => q.where('since_ms', '<=', filter.since_before_ms!))
        .$if(filter.awake_at_ms !== undefined, (q) =>
          q.where(sql<boolean>`coalesce(snoozed_until_ms, 0) <= ${filter.awake_at_ms!}`),
        )
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.since_ms, row.id], toFinding);
    },

    async history(subject_id, page) {
      const keys = keyset(page, ['findings.opened_at_ms', 'findings.id'], 'desc');
      const rows = await db
        .selectFrom('findings')
        .selectAll()
        .where('subject_id', '=', subject_id)
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.opened_at_ms, row.id], toFinding);
    },

    async recordersWithOpen(page) {
      const keys = keyset(page, ['findings.recorder_id'], 'asc');
      const rows = await db
        .selectFrom('findings')
        .select('recorder_id')
        .distinct()
        .where('closed_at_ms', 'is', null)
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(
        rows,
        page,
        (row) => [row.recorder_id],
        (row) => row.recorder_id,
      );
    },

    async assign(id, assigned_person_id) {
      const update = db.updateTable('findings').set({ assigned_person_id });
      return changed(await update.where('id', '=', id).where('closed_at_ms', 'is', null).executeTakeFirst());
    },

    async snooze(id, snoozed_until_ms) {
      const update = db.updateTable('findings').set({ snoozed_until_ms });
      return changed(await update.where('id', '=', id).where('closed_at_ms', 'is', null).executeTakeFirst());
    },

    async addNote(note) {
      await db
        .insertInto('finding_notes')
        .values({ id: newIdInOrder(note.at_ms), ...note })
        .execute();
    },

    async notesOf(finding_id) {
      const query = db.selectFrom('finding_notes').selectAll().where('finding_id', '=', finding_id);
      return (await query.orderBy('at_ms').orderBy('id').execute()).map(asIs);
    },
  };
}

async function open(db: Db, finding: NewFinding, at_ms: number): Promise<{ readonly is_new: boolean }> {
  const { kind, subject_kind, subject_id, since_ms } = finding;
  const details = JSON.stringify(finding.details);
  const inserted = await db
    .insertInto('findings')
    .values({
      id: newId(at_ms),
      ...finding,
      details,
      opened_at_ms: at_ms,
      closed_at_ms: null,
      closed_by: null,
      assigned_person_id: null,
      snoozed_until_ms: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if ((inserted.numInsertedOrUpdatedRows ?? 0n) > 0n) return { is_new: true };
  await db
    .updateTable('findings')
    .set({
      details,
      since_ms: sql<number>`case when since_ms > ${since_ms} then ${since_ms} else since_ms end`,
    })
    .where('subject_id', '=', subject_id)
    .where('kind', '=', kind)
    .where('subject_kind', '=', subject_kind)
    .where('closed_at_ms', 'is', null)
    .execute();
  return { is_new: false };
}

function toFinding({ details, ...row }: FindingTable): Finding {
  return { ...row, details: JSON.parse(details) };
}
