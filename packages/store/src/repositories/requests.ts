import {
  type ExtractionItem,
  type ExtractionRequest,
  ITEM_FINAL_STATES,
  type Span,
  vietnamMonth,
} from '@minhchung/domain';
import { dueAt } from '../due.ts';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { among, equal, inParts, inSpan } from '../query/conditions.ts';
import { changed, type Db, insertNew } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import { lockRow } from '../query/lock-row.ts';
import type { ItemTable, RequestTable } from '../schema/requests.ts';

/** An item as it is submitted. */
export interface NewItem extends ExtractionItem {
  /** True time at which the recorder is expected to have overwritten the span; null: unknown. */
  readonly overwrite_at_ms: number | null;
}

export interface RequestFilter {
  readonly unit_ids?: readonly string[];
  readonly case_id?: string;
  readonly states?: readonly string[];
  readonly requester_person_id?: string;
  /** By the time of submission. */
  readonly span?: Span;
}

export interface RequestRepository {
  /**
   * The next number of the unit in the year, counting from 1. Call it inside the transaction that inserts the
   * request: the counter stays locked until the end of it, so that numbers have no gaps.
   */
  nextNumber(unit_id: string, year: number): Promise<number>;
  insert(request: ExtractionRequest, items: readonly NewItem[]): Promise<void>;
  byId(id: string): Promise<ExtractionRequest | null>;
  /**
   * The request as `byId`, held until the transaction ends: whoever decides by what they read (decisions, items)
   * takes it this way first, so that two decisions made at once see one another.
   */
  lock(id: string): Promise<ExtractionRequest | null>;
  byNumber(number: string): Promise<ExtractionRequest | null>;
  /** Newest first. */
  list(filter: RequestFilter, page: PageRequest): Promise<Page<ExtractionRequest>>;
  /** Compare and set: false when the request is in none of the states `from`. */
  setState(id: string, from: readonly string[], to: string): Promise<boolean>;
  /**
   * Closes an approved request whose items all have their outcome; true when this call closed it. Ending an
   * item does this by itself; it is for whoever approves or cancels after the last item ended.
   */
  closeIfDone(id: string): Promise<boolean>;
}

export function requestRepository(db: Db): RequestRepository {
  return {
    async nextNumber(unit_id, year) {
      if (!db.isTransaction)
        throw new Error('take a request number in the transaction that submits the request');
      const row = await db
        .insertInto('request_counters')
        .values({ unit_id, year, last_number: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['unit_id', 'year'])
            .doUpdateSet((eb) => ({ last_number: eb('request_counters.last_number', '+', 1) })),
        )
        .returning('last_number')
        .executeTakeFirstOrThrow();
      return row.last_number;
    },

    insert: (request, items) =>
      atomically(db, async (tx) => {
        const row = toRow(request);
        await insertNew(tx, 'extraction_requests', row, { kind: 'request', name: request.number });
        const units = await unitsOfCameras(tx, items);
        for (const item of items) {
          const unit_id = units.get(item.camera_id) ?? null;
          await tx
            .insertInto('extraction_items')
            .values({ ...toItemRow(item, row), unit_id })
            .execute();
        }
      }),

    byId: (id) => byId(db, id),

    async lock(id) {
      if (!db.isTransaction) throw new Error('a request is locked within a transaction');
      await lockRow(db, 'extraction_requests', id);
      return await byId(db, id);
    },

    async byNumber(number) {
      const query = db.selectFrom('extraction_requests').selectAll().where('number', '=', number);
      const row = await query.executeTakeFirst();
      return row === undefined ? null : toRequest(row);
    },

    async list(filter, page) {
      const keys = keyset(page, ['extraction_requests.submitted_at_ms', 'extraction_requests.id'], 'desc');
      const rows = await db
        .selectFrom('extraction_requests')
        .selectAll()
        .where(among('unit_id', filter.unit_ids))
        .where(equal('case_id', filter.case_id))
        .where(among('state', filter.states))
        .where(equal('requester_person_id', filter.requester_person_id))
        .where(inSpan('submitted_at_ms', filter.span))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.submitted_at_ms, row.id], toRequest);
    },

    async setState(id, from, to) {
      const update = db.updateTable('extraction_requests').set({ state: to });
      return changed(await update.where('id', '=', id).where(among('state', from)).executeTakeFirst());
    },

    closeIfDone: (id) => atomically(db, (tx) => closeIfDone(tx, id)),
  };
}

/** An item keeps the unit of its camera as it is now, wherever the camera goes later. */
async function unitsOfCameras(tx: Db, items: readonly NewItem[]): Promise<Map<string, string>> {
  const cameras = await inParts(
    items.map((item) => item.camera_id),
    (ids) => tx.selectFrom('cameras').select(['id', 'unit_id']).where('id', 'in', ids).execute(),
  );
  return new Map(cameras.map(({ id, unit_id }) => [id, unit_id]));
}

async function byId(db: Db, id: string): Promise<ExtractionRequest | null> {
  const row = await db.selectFrom('extraction_requests').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toRequest(row);
}

async function closeIfDone(tx: Db, id: string): Promise<boolean> {
  // Two items may end at once, each seeing the other still open.
  await lockRow(tx, 'extraction_requests', id);
  const request = await tx
    .selectFrom('extraction_requests')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirst();
  if (request?.state !== 'approved') return false;
  const open = await tx
    .selectFrom('extraction_items')
    .select('id')
    .where('request_id', '=', id)
    .where('state', 'not in', ITEM_FINAL_STATES)
    .limit(1)
    .executeTakeFirst();
  if (open !== undefined) return false;
  await tx.updateTable('extraction_requests').set({ state: 'closed' }).where('id', '=', id).execute();
  return true;
}

function toRow({ wanted, ...request }: ExtractionRequest): RequestTable {
  return {
    ...request,
    wanted_start_ms: wanted.start_ms,
    wanted_end_ms: wanted.end_ms,
    is_urgent: request.is_urgent ? 1 : 0,
    wants_audio: request.wants_audio ? 1 : 0,
    submitted_month: vietnamMonth(request.submitted_at_ms),
  };
}

export function toRequest(row: RequestTable): ExtractionRequest {
  const { wanted_start_ms, wanted_end_ms, submitted_month: _, ...request } = row;
  return {
    ...request,
    wanted: { start_ms: wanted_start_ms, end_ms: wanted_end_ms },
    legal_basis: request.legal_basis as ExtractionRequest['legal_basis'],
    is_urgent: request.is_urgent === 1,
    wants_audio: request.wants_audio === 1,
  };
}

function toItemRow({ reason, ...item }: NewItem, request: RequestTable): Omit<ItemTable, 'unit_id'> {
  const { id, request_id, camera_id, state, attempts, delivered_at_ms, updated_at_ms, overwrite_at_ms } =
    item;
  const { wanted_end_ms, submitted_at_ms } = request;
  const is_urgent = request.is_urgent === 1;
  return {
    ...{ id, request_id, camera_id, state, attempts, updated_at_ms, overwrite_at_ms, delivered_at_ms },
    reason_code: reason?.code ?? null,
    reason_vi: reason?.text.vi ?? null,
    reason_en: reason?.text.en ?? null,
    approved_at_ms: null,
    delivered_month: delivered_at_ms === null ? null : vietnamMonth(delivered_at_ms),
    ended_at_ms: delivered_at_ms,
    due_at_ms: dueAt({ overwrite_at_ms, wanted_end_ms, is_urgent, submitted_at_ms }),
    not_before_ms: null,
    lease_worker_id: null,
    lease_expires_at_ms: null,
    finished_attempt: null,
    attempts_forgiven: 0,
    progress_phase: null,
    progress_bytes: null,
    progress_media_ms: null,
  };
}
