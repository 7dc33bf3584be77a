import type { Agreement, OwnerAnswer } from '@minhchung/domain';
import { sql } from 'kysely';
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
  /** Items that wait for an owner and about which nothing is in the outbox, oldest first. */
  unannounced(limit: number): Promise<UnansweredItem[]>;
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

    async unannounced(limit) {
      const rows = await db
        .selectFrom('extraction_items')
        .innerJoin('cameras', 'cameras.id', 'extraction_items.camera_id')
        .select(['extraction_items.id as item_id', 'cameras.owner_id', 'cameras.unit_id'])
        .where('extraction_items.state', 'in', ['approved', 'failed'])
        .where('extraction_items.reason_code', '=', ASKED)
        .where('cameras.owner_id', 'is not', null)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('outbox')
                .select('outbox.id')
                .where('outbox.dedupe_key', '=', sql<string>`'item:' || ${eb.ref('extraction_items.id')}`),
            ),
          ),
        )
        .orderBy('extraction_items.id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...row, owner_id: row.owner_id! }));
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
