import {
  type ExtractionItem,
  type ExtractionProgress,
  type ExtractionRequest,
  type ItemReason,
  type ItemState,
  isItemDelivered,
  isItemFinal,
  type Span,
  vietnamMonth,
} from '@minhchung/domain';
import type { UpdateObject } from 'kysely';
import { dueAt } from '../due.ts';
import { OVERLAPS_MAX } from '../limits.ts';
import { TO_FETCH } from '../network-state/holdings.ts';
import type { Page, PageRequest } from '../paging.ts';
import { atomically } from '../query/atomically.ts';
import { among, equal, inParts } from '../query/conditions.ts';
import { changed, type Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import type { ItemTable } from '../schema/requests.ts';
import type { Tables } from '../schema/tables.ts';
import { destroyItemAccounts } from './item-credentials.ts';
import { toRequest } from './requests.ts';

/** An item with what the queue knows of it. */
export interface ItemRecord extends ExtractionItem {
  /** The camera's unit when the item was submitted. */
  readonly unit_id: string;
  /** Attempts made before a person had it tried again: they no longer count against it. */
  readonly attempts_forgiven: number;
  readonly overwrite_at_ms: number | null;
  /** Not run again before this time; null: at once. */
  readonly not_before_ms: number | null;
  /** When it was approved; null: not (yet). */
  readonly approved_at_ms: number | null;
  /** What the worker last reported; null: nothing yet. */
  readonly progress: ExtractionProgress | null;
}

export interface ItemFilter {
  readonly unit_ids?: readonly string[];
  readonly request_id?: string;
  readonly case_id?: string;
  readonly camera_id?: string;
  readonly states?: readonly string[];
}

/** What goes with a change of state. */
export interface ItemChange {
  readonly reason: ItemReason | null;
  readonly at_ms: number;
}

export interface ItemRepository {
  byId(id: string): Promise<ItemRecord | null>;
  /** In order of id. */
  ofRequest(request_id: string): Promise<ItemRecord[]>;
  /** Newest first. */
  list(filter: ItemFilter, page: PageRequest): Promise<Page<ItemRecord>>;
  /** Compare and set: false when the item is in none of the states `from`. */
  setState(id: string, from: readonly string[], to: string, change: ItemChange): Promise<boolean>;
  /** The same for all items of a request that are in one of `from`; returns the ids changed. */
  setStateOfRequest(
    request_id: string,
    from: readonly string[],
    to: string,
    change: ItemChange,
  ): Promise<string[]>;
  /** For urgent items, which run before they are decided: the state stays, the approval is dated (once). */
  markApproved(ids: readonly string[], at_ms: number): Promise<void>;
  setOverwriteAt(id: string, overwrite_at_ms: number | null): Promise<boolean>;
  /** Items of a camera whose footage is still to be fetched, with the end of what is wanted, true time. */
  toFetchOf(
    camera_id: string,
  ): Promise<
    { readonly id: string; readonly wanted_end_ms: number; readonly overwrite_at_ms: number | null }[]
  >;
  /** Queues a failed item again, what was tried before forgiven. False when it has not failed. */
  tryAgain(id: string, at_ms: number): Promise<boolean>;
  /**
   * Items of these cameras whose wanted span meets `span` and that were neither refused nor cancelled; the
   * oldest `OVERLAPS_MAX`.
   */
  sameCameraOverlapping(
    camera_ids: readonly string[],
    span: Span,
  ): Promise<{ readonly item: ItemRecord; readonly request: ExtractionRequest }[]>;
}

export function itemRepository(db: Db): ItemRepository {
  return {
    async byId(id) {
      const row = await db.selectFrom('extraction_items').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toItem(row);
    },

    async ofRequest(request_id) {
      const query = db.selectFrom('extraction_items').selectAll().where('request_id', '=', request_id);
      return (await query.orderBy('id').execute()).map(toItem);
    },

    async list(filter, page) {
      const keys = keyset(page, ['extraction_items.id'], 'desc');
      const rows = await db
        .selectFrom('extraction_items')
        .innerJoin('extraction_requests', 'extraction_requests.id', 'extraction_items.request_id')
        .selectAll('extraction_items')
        .where(among('extraction_requests.unit_id', filter.unit_ids))
        .where(equal('extraction_requests.case_id', filter.case_id))
        .where(equal('extraction_items.request_id', filter.request_id))
        .where(equal('extraction_items.camera_id', filter.camera_id))
        .where(among('extraction_items.state', filter.states))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(rows, page, (row) => [row.id], toItem);
    },

    setState: (id, from, to, change) =>
      atomically(db, async (tx) => {
        const update = tx.updateTable('extraction_items').set(changeOf(to, change));
        const result = await update.where('id', '=', id).where(among('state', from)).executeTakeFirst();
        if (changed(result)) await destroyItemAccounts(tx, [id], to);
        return changed(result);
      }),

    setStateOfRequest: (request_id, from, to, change) =>
      atomically(db, async (tx) => {
        const update = tx.updateTable('extraction_items').set(changeOf(to, change));
        const mine = update.where('request_id', '=', request_id).where(among('state', from));
        const ids = (await mine.returning('id').execute()).map((row) => row.id).sort();
        await destroyItemAccounts(tx, ids, to);
        return ids;
      }),

    markApproved: (ids, at_ms) =>
      atomically(db, async (tx) => {
        await inParts(ids, async (part) => {
          const update = tx.updateTable('extraction_items').set({ approved_at_ms: at_ms });
          await update.where('id', 'in', part).where('approved_at_ms', 'is', null).execute();
          return [];
        });
      }),

    setOverwriteAt: (id, overwrite_at_ms) => atomically(db, (tx) => setOverwriteAt(tx, id, overwrite_at_ms)),

    toFetchOf: (camera_id) =>
      db
        .selectFrom('extraction_items')
        .innerJoin('extraction_requests', 'extraction_requests.id', 'extraction_items.request_id')
        .select(['extraction_items.id', 'wanted_end_ms', 'overwrite_at_ms'])
        .where('camera_id', '=', camera_id)
        .where(among('extraction_items.state', TO_FETCH))
        .execute(),

    async tryAgain(id, at_ms) {
      const update = db
        .updateTable('extraction_items')
        .set({ ...changeOf('queued', { reason: null, at_ms }) })
        .set((eb) => ({ attempts_forgiven: eb.ref('attempts') }));
      return changed(await update.where('id', '=', id).where('state', '=', 'failed').executeTakeFirst());
    },

    async sameCameraOverlapping(camera_ids, { start_ms, end_ms }) {
      const rows = await inParts(camera_ids, (ids) =>
        db
          .selectFrom('extraction_items')
          .innerJoin('extraction_requests', 'extraction_requests.id', 'extraction_items.request_id')
          .selectAll('extraction_items')
          .where('extraction_items.camera_id', 'in', ids)
          .where('extraction_items.state', 'not in', ['refused', 'cancelled'])
          .where('extraction_requests.wanted_start_ms', '<', end_ms)
          .where('extraction_requests.wanted_end_ms', '>', start_ms)
          .orderBy('extraction_items.id')
          .limit(OVERLAPS_MAX)
          .execute(),
      );
      const requests = await inParts(
        rows.map((row) => row.request_id),
        (ids) => db.selectFrom('extraction_requests').selectAll().where('id', 'in', ids).execute(),
      );
      return rows.map((row) => ({
        item: toItem(row),
        request: toRequest(requests.find(({ id }) => id === row.request_id)!),
      }));
    },
  };
}

/** The columns that go with a new state: its reason, and the dates that are counted by. */
export function changeOf(
  to: string,
  { reason, at_ms }: ItemChange,
): UpdateObject<Tables, 'extraction_items'> {
  const state = to as ItemState;
  const is_delivered = isItemDelivered(state);
  return {
    state: to,
    reason_code: reason?.code ?? null,
    reason_vi: reason?.text.vi ?? null,
    reason_en: reason?.text.en ?? null,
    updated_at_ms: at_ms,
    not_before_ms: null,
    ...(state === 'approved' ? { approved_at_ms: at_ms } : {}),
    delivered_at_ms: is_delivered ? at_ms : null,
    delivered_month: is_delivered ? vietnamMonth(at_ms) : null,
    ended_at_ms: isItemFinal(state) || state === 'failed' ? at_ms : null,
  };
}

async function setOverwriteAt(tx: Db, id: string, overwrite_at_ms: number | null): Promise<boolean> {
  const request = await tx
    .selectFrom('extraction_items')
    .innerJoin('extraction_requests', 'extraction_requests.id', 'extraction_items.request_id')
    .select(['wanted_end_ms', 'submitted_at_ms', 'is_urgent'])
    .where('extraction_items.id', '=', id)
    .executeTakeFirst();
  if (request === undefined) return false;
  const due_at_ms = dueAt({ ...request, overwrite_at_ms, is_urgent: request.is_urgent === 1 });
  const update = tx.updateTable('extraction_items').set({ overwrite_at_ms, due_at_ms });
  return changed(await update.where('id', '=', id).executeTakeFirst());
}

export function toItem(row: ItemTable): ItemRecord {
  const { id, request_id, camera_id, state, attempts, delivered_at_ms, updated_at_ms } = row;
  const { overwrite_at_ms, not_before_ms, approved_at_ms, unit_id, attempts_forgiven } = row;
  if (unit_id === null) throw new Error(`item ${id} has no unit`);
  return {
    ...{ id, request_id, camera_id, state, attempts, delivered_at_ms, updated_at_ms },
    ...{ overwrite_at_ms, not_before_ms, approved_at_ms, unit_id, attempts_forgiven },
    reason:
      row.reason_code === null
        ? null
        : { code: row.reason_code, text: { vi: row.reason_vi ?? '', en: row.reason_en ?? '' } },
    progress:
      row.progress_phase === null
        ? null
        : {
            phase: row.progress_phase as ExtractionProgress['phase'],
            bytes: row.progress_bytes ?? 0,
            media_ms: row.progress_media_ms ?? 0,
          },
  };
}
