import type { UploadLink } from '@minhchung/domain';
import type { Page, PageRequest } from '../paging.ts';
import { among } from '../query/conditions.ts';
import { changed, type Db } from '../query/insert.ts';
import { keyset, toPage } from '../query/keyset.ts';
import type { UploadLinkTable } from '../schema/uploads.ts';

/** A link with its hashes, and how it gets to the owner. */
export type StoredUploadLink = UploadLink & Readonly<UploadLinkTable>;

/** What became of one try to mail a link. */
export type UploadLetterOutcome =
  | { readonly state: 'sent' | 'dropped' }
  | { readonly state: 'by_hand'; readonly reason: string | null }
  | { readonly state: 'due'; readonly not_before_ms: number; readonly reason: string };

export interface UploadLinkRepository {
  create(link: StoredUploadLink): Promise<void>;
  byId(id: string): Promise<StoredUploadLink | null>;
  /** The link a browser began with, if it has not ended. */
  bySession(session_sha256: string, now_ms: number): Promise<StoredUploadLink | null>;
  /** Newest first. */
  ofItem(item_id: string): Promise<StoredUploadLink[]>;
  /** Ties the link to one browser; false when another one did, or the link has ended. */
  open(id: string, session_sha256: string, at_ms: number): Promise<boolean>;
  /** False when it has ended already. */
  end(id: string, at_ms: number): Promise<boolean>;
  /** Ends every open link of an item; returns how many. */
  endOfItem(item_id: string, at_ms: number): Promise<number>;
  /** The letter that is due first, held until `lease_until_ms`; null: none is due. */
  claimLetter(now_ms: number, lease_until_ms: number): Promise<StoredUploadLink | null>;
  /** Ends a claim; false when the lease was lost. `attempts` is the fencing token. */
  finishLetter(id: string, attempts: number, outcome: UploadLetterOutcome): Promise<boolean>;
  /** Marks a link that a person carries as handed over; false when somebody else did, or it waits for nobody. */
  handOver(id: string): Promise<boolean>;
  /** Open links that wait for a person to carry them, oldest first. */
  listByHand(unit_ids: readonly string[], now_ms: number, page: PageRequest): Promise<Page<StoredUploadLink>>;
}

export function uploadLinkRepository(db: Db): UploadLinkRepository {
  const all = () => db.selectFrom('upload_links').selectAll();
  return {
    async create(link) {
      await db.insertInto('upload_links').values(link).execute();
    },

    async byId(id) {
      return (await all().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async bySession(session_sha256, now_ms) {
      const found = all().where('session_sha256', '=', session_sha256).where('ended_at_ms', 'is', null);
      return (await found.where('expires_at_ms', '>', now_ms).executeTakeFirst()) ?? null;
    },

    ofItem: (item_id) => all().where('item_id', '=', item_id).orderBy('id', 'desc').execute(),

    async open(id, session_sha256, at_ms) {
      const update = db.updateTable('upload_links').set({ session_sha256, opened_at_ms: at_ms });
      const open = update.where('id', '=', id).where('opened_at_ms', 'is', null);
      const usable = open.where('ended_at_ms', 'is', null).where('expires_at_ms', '>', at_ms);
      return changed(await usable.executeTakeFirst());
    },

    async end(id, at_ms) {
      const update = db.updateTable('upload_links').set({ ended_at_ms: at_ms }).where('id', '=', id);
      return changed(await update.where('ended_at_ms', 'is', null).executeTakeFirst());
    },

    async endOfItem(item_id, at_ms) {
      const update = db.updateTable('upload_links').set({ ended_at_ms: at_ms });
      const open = update.where('item_id', '=', item_id).where('ended_at_ms', 'is', null);
      return Number((await open.executeTakeFirst()).numUpdatedRows);
    },

    async claimLetter(now_ms, lease_until_ms) {
      const due = await all()
        .where('mail_state', '=', 'due')
        .where('mail_not_before_ms', '<=', now_ms)
        .orderBy('mail_not_before_ms')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      if (due === undefined) return null;
      const attempts = due.mail_attempts + 1;
      // Until the lease is over the letter is not due: that is all a claim is.
      const update = db
        .updateTable('upload_links')
        .set({ mail_attempts: attempts, mail_not_before_ms: lease_until_ms })
        .where('id', '=', due.id)
        .where('mail_state', '=', 'due')
        .where('mail_attempts', '=', due.mail_attempts);
      if (!changed(await update.executeTakeFirst())) return null;
      return { ...due, mail_attempts: attempts, mail_not_before_ms: lease_until_ms };
    },

    async finishLetter(id, attempts, outcome) {
      const update = db
        .updateTable('upload_links')
        .set({
          mail_state: outcome.state,
          mail_reason: 'reason' in outcome ? outcome.reason : null,
          ...('not_before_ms' in outcome ? { mail_not_before_ms: outcome.not_before_ms } : {}),
        })
        .where('id', '=', id)
        .where('mail_state', '=', 'due');
      return changed(await update.where('mail_attempts', '=', attempts).executeTakeFirst());
    },

    async handOver(id) {
      const update = db.updateTable('upload_links').set({ mail_state: 'handed_over' }).where('id', '=', id);
      return changed(await update.where('mail_state', '=', 'by_hand').executeTakeFirst());
    },

    async listByHand(unit_ids, now_ms, page) {
      const keys = keyset(page, ['upload_links.id'], 'asc');
      const rows = await all()
        .where(among('upload_links.unit_id', unit_ids))
        .where('mail_state', '=', 'by_hand')
        .where('ended_at_ms', 'is', null)
        .where('expires_at_ms', '>', now_ms)
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
