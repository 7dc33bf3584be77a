import type { Agreement, OwnerAnswer } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { changed, type Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';

/** An agreement that nobody confirmed for a while, with what is needed to ask. */
export type UnconfirmedAgreement = Pick<
  Agreement,
  'id' | 'camera_id' | 'confirmed_at_ms' | 'valid_from_ms' | 'valid_to_ms' | 'withdrawn_at_ms'
> & { readonly owner_id: string; readonly unit_id: string };

/** An item that waits for its owner and of which the owner has not been told. */
export interface UnansweredItem {
  readonly item_id: string;
  readonly owner_id: string;
  readonly unit_id: string;
}

export interface OwnersWordRepository {
  /** False when this item was answered before. */
  addAnswer(answer: OwnerAnswer): Promise<boolean>;
  answerTo(item_id: string): Promise<OwnerAnswer | null>;
  /** Items that wait for an owner who may be told of them and was told by no letter yet, oldest first. */
  unannounced(now_ms: number, limit: number): Promise<UnansweredItem[]>;
  /** This letter tells of the item. False when another one does. */
  announce(item_id: string, entry_id: string): Promise<boolean>;
  /** A letter that was not sent has told of nothing. */
  forgetAnnouncement(entry_id: string): Promise<void>;
  /** The newest letter about items, made no earlier than then, whose link the owner can still open; null: none. */
  openItemLetter(owner_id: string, made_from_ms: number, now_ms: number): Promise<string | null>;
  /** True when a letter of this id tells of an item that still waits for its owner, who may be told of it. */
  tellsOfWaiting(entry_id: string, now_ms: number): Promise<boolean>;
  /**
   * Agreements for cameras in use with an owner, not withdrawn, last confirmed before then, and not followed by
   * another one for the same camera; in order of id.
   */
  unconfirmedSince(
    confirmed_before_ms: number,
    now_ms: number,
    page: PageRequest,
  ): Promise<Page<UnconfirmedAgreement>>;
  /** The owner confirms today what was agreed. False when it was withdrawn or there is none. */
  confirm(agreement_id: string, at_ms: number): Promise<boolean>;
}

/** Code of the reason with which an item waits for its owner. */
const ASKED = 'OWNER_ASKS_FIRST';

export function ownersWordRepository(db: Db): OwnersWordRepository {
  return {
    async addAnswer(answer) {
      const insert = db.insertInto('owner_answers').values(answer);
      const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
      return result.numInsertedOrUpdatedRows !== 0n;
    },

    async answerTo(item_id) {
      const found = db.selectFrom('owner_answers').selectAll().where('item_id', '=', item_id);
      return (await found.executeTakeFirst()) ?? null;
    },

    async unannounced(now_ms, limit) {
      const rows = await waitingItems(db, now_ms)
        .select(['extraction_items.id as item_id', 'cameras.owner_id', 'cameras.unit_id'])
        .leftJoin('item_announcements', 'item_announcements.item_id', 'extraction_items.id')
        .where('item_announcements.item_id', 'is', null)
        .orderBy('extraction_items.id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...row, owner_id: row.owner_id! }));
    },

    async announce(item_id, entry_id) {
      const insert = db.insertInto('item_announcements').values({ item_id, entry_id });
      const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
      return result.numInsertedOrUpdatedRows !== 0n;
    },

    async forgetAnnouncement(entry_id) {
      await db.deleteFrom('item_announcements').where('entry_id', '=', entry_id).execute();
    },

    async openItemLetter(owner_id, made_from_ms, now_ms) {
      const found = await db
        .selectFrom('outbox')
        .innerJoin('owner_links', 'owner_links.id', 'outbox.link_id')
        .select('outbox.id')
        .where('outbox.owner_id', '=', owner_id)
        .where('outbox.kind', '=', 'item_to_answer')
        .where('outbox.created_at_ms', '>=', made_from_ms)
        .where('outbox.state', '!=', 'dropped')
        .where('owner_links.ended_at_ms', 'is', null)
        .where('owner_links.expires_at_ms', '>', now_ms)
        .orderBy('outbox.created_at_ms', 'desc')
        .orderBy('outbox.id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return found?.id ?? null;
    },

    async tellsOfWaiting(entry_id, now_ms) {
      const found = await waitingItems(db, now_ms)
        .innerJoin('item_announcements', 'item_announcements.item_id', 'extraction_items.id')
        .select('extraction_items.id')
        .where('item_announcements.entry_id', '=', entry_id)
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },

    async unconfirmedSince(confirmed_before_ms, now_ms, page) {
      const keys = keyset(page, ['agreements.id'], 'asc');
      const rows = await db
        .selectFrom('agreements')
        .innerJoin('cameras', 'cameras.id', 'agreements.camera_id')
        .select(['agreements.id', 'camera_id', 'confirmed_at_ms', 'valid_from_ms', 'valid_to_ms'])
        .select(['withdrawn_at_ms', 'cameras.owner_id', 'cameras.unit_id'])
        .where('cameras.retired_at_ms', 'is', null)
        .where('cameras.owner_id', 'is not', null)
        .where('withdrawn_at_ms', 'is', null)
        .where('confirmed_at_ms', '<=', confirmed_before_ms)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('agreements as later')
                .select('later.id')
                .whereRef('later.camera_id', '=', 'agreements.camera_id')
                .where('later.valid_from_ms', '<=', now_ms)
                .where((or) =>
                  or.or([
                    or('later.valid_from_ms', '>', or.ref('agreements.valid_from_ms')),
                    or.and([
                      or('later.valid_from_ms', '=', or.ref('agreements.valid_from_ms')),
                      or('later.id', '>', or.ref('agreements.id')),
                    ]),
                  ]),
                ),
            ),
          ),
        )
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(
        rows,
        page,
        (row) => [row.id],
        (row) => ({ ...row, owner_id: row.owner_id! }),
      );
    },

    async confirm(agreement_id, at_ms) {
      const update = db.updateTable('agreements').set({ confirmed_at_ms: at_ms });
      const open = update.where('id', '=', agreement_id).where('withdrawn_at_ms', 'is', null);
      return changed(await open.executeTakeFirst());
    },
  };
}

/** Items that wait for their owner, of requests that are not kept from owners at this time. */
function waitingItems(db: Db, now_ms: number) {
  return db
    .selectFrom('extraction_items')
    .innerJoin('cameras', 'cameras.id', 'extraction_items.camera_id')
    .where('extraction_items.state', 'in', ['approved', 'failed'])
    .where('extraction_items.reason_code', '=', ASKED)
    .where('cameras.owner_id', 'is not', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('notice_delays')
            .select('notice_delays.id')
            .whereRef('notice_delays.request_id', '=', 'extraction_items.request_id')
            .where('notice_delays.until_ms', '>', now_ms),
        ),
      ),
    );
}
