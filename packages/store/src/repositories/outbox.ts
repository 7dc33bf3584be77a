import type { Page, PageRequest } from '../paging.ts';
import { among } from '../query/conditions.ts';
import { changed, type Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import type { OutboxTable } from '../schema/owners.ts';

/** A link on its way to an owner. */
export type OutboxEntry = Readonly<OutboxTable>;

/** What became of one try. */
export type OutboxOutcome =
  | { readonly state: 'sent' | 'handed_over' | 'dropped'; readonly at_ms: number }
  | { readonly state: 'by_hand'; readonly reason: string | null }
  | { readonly state: 'due'; readonly not_before_ms: number; readonly reason: string };

export interface OutboxRepository {
  /** False when there is an entry of this `dedupe_key` already: nothing is added. */
  add(entry: OutboxEntry): Promise<boolean>;
  byId(id: string): Promise<OutboxEntry | null>;
  /** True when an entry of this key was ever added. */
  has(dedupe_key: string): Promise<boolean>;
  /** The entry that is due first, held until `lease_until_ms`; every claim counts as a try. Null: none is due. */
  claim(now_ms: number, lease_until_ms: number): Promise<OutboxEntry | null>;
  /** Ends a claim. False when the lease was lost: `attempts` is the fencing token. */
  finish(id: string, attempts: number, outcome: OutboxOutcome): Promise<boolean>;
  /** Marks a link that a person carries as handed over; false when somebody else did, or it waits for nobody. */
  handOver(id: string, at_ms: number): Promise<boolean>;
  /** Drops what is on its way for links that have ended or expired; returns how many. */
  dropEnded(now_ms: number): Promise<number>;
  /** Links that wait for a person to carry them, oldest first. */
  listByHand(unit_ids: readonly string[], page: PageRequest): Promise<Page<OutboxEntry>>;
}

export function outboxRepository(db: Db): OutboxRepository {
  return {
    async add(entry) {
      const result = await db
        .insertInto('outbox')
        .values(entry)
        .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows !== 0n;
    },

    async byId(id) {
      return (await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async has(dedupe_key) {
      const found = db.selectFrom('outbox').select('id').where('dedupe_key', '=', dedupe_key);
      return (await found.executeTakeFirst()) !== undefined;
    },

    async claim(now_ms, lease_until_ms) {
      const due = await db
        .selectFrom('outbox')
        .select(['id', 'attempts'])
        .where('state', '=', 'due')
        .where('not_before_ms', '<=', now_ms)
        .where('lease_until_ms', '<=', now_ms)
        .orderBy('not_before_ms')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      if (due === undefined) return null;
      // Compare and set on the number of tries: of two that saw the same entry one gets it.
      const taken = await db
        .updateTable('outbox')
        .set({ lease_until_ms, attempts: due.attempts + 1 })
        .where('id', '=', due.id)
        .where('state', '=', 'due')
        .where('attempts', '=', due.attempts)
        .returningAll()
        .executeTakeFirst();
      return taken ?? null;
    },

    async finish(id, attempts, outcome) {
      const update = db
        .updateTable('outbox')
        .set({
          state: outcome.state,
          lease_until_ms: 0,
          ended_at_ms: 'at_ms' in outcome ? outcome.at_ms : null,
          last_reason: 'reason' in outcome ? outcome.reason : null,
          ...(outcome.state === 'due' ? { not_before_ms: outcome.not_before_ms } : {}),
        })
        .where('id', '=', id)
        .where('attempts', '=', attempts)
        .where('state', '=', 'due');
      return changed(await update.executeTakeFirst());
    },

    async handOver(id, at_ms) {
      const update = db.updateTable('outbox').set({ state: 'handed_over', ended_at_ms: at_ms });
      return changed(await update.where('id', '=', id).where('state', '=', 'by_hand').executeTakeFirst());
    },

    async dropEnded(now_ms) {
      const update = db
        .updateTable('outbox')
        .set({ state: 'dropped', ended_at_ms: now_ms })
        .where('state', 'in', ['due', 'by_hand'])
        .where('lease_until_ms', '<=', now_ms)
        .where((eb) =>
          eb.exists(
            eb
              .selectFrom('owner_links')
              .select('owner_links.id')
              .whereRef('owner_links.id', '=', 'outbox.link_id')
              .where((or) =>
                or.or([
                  or('owner_links.ended_at_ms', 'is not', null),
                  or('owner_links.expires_at_ms', '<=', now_ms),
                ]),
              ),
          ),
        );
      return Number((await update.executeTakeFirst()).numUpdatedRows);
    },

    async listByHand(unit_ids, page) {
      const keys = keyset(page, ['outbox.id'], 'asc');
      const rows = await db
        .selectFrom('outbox')
        .selectAll()
        .where('state', '=', 'by_hand')
        .where(among('outbox.unit_id', unit_ids))
        .where(keys.where)
        .orderBy(keys.orderBy)
        .limit(keys.limit)
        .execute();
      return toPage(
        rows,
        page,
        (row) => [row.id],
        (row) => row,
      );
    },
  };
}
