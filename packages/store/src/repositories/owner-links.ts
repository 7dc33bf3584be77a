import type { OwnerLink } from '@minhchung/domain';
import { changed, type Db } from '../query/insert.ts';

/** A link with the hash its token is compared with. */
export interface StoredOwnerLink extends OwnerLink {
  readonly token_sha256: string;
}

export interface OwnerSession {
  /** Lower-case hex SHA-256 of the cookie's token. */
  readonly token_sha256: string;
  readonly owner_id: string;
  readonly created_at_ms: number;
  readonly expires_at_ms: number;
}

export interface OwnerLinkRepository {
  create(link: StoredOwnerLink): Promise<void>;
  byId(id: string): Promise<StoredOwnerLink | null>;
  /** Compare and set: false when the link has ended already, by use, by another link, or by time. */
  end(id: string, at_ms: number): Promise<boolean>;
  /** Ends every open link for this agreement; returns how many. */
  endOfAgreement(agreement_id: string, at_ms: number): Promise<number>;
  openSession(session: OwnerSession): Promise<void>;
  /** The session, if it has not ended. */
  findSession(token_sha256: string, now_ms: number): Promise<OwnerSession | null>;
  endSession(token_sha256: string): Promise<void>;
  deleteExpiredSessions(now_ms: number): Promise<void>;
  /** Where the owner is written to, or null. */
  emailOf(owner_id: string): Promise<string | null>;
  /** Null removes the address. */
  setEmail(owner_id: string, email: string | null, at_ms: number): Promise<void>;
  /** Ids of the owners with this address, in order. */
  ownersByEmail(email: string, limit: number): Promise<string[]>;
}

export function ownerLinkRepository(db: Db): OwnerLinkRepository {
  return {
    async create(link) {
      await db.insertInto('owner_links').values(link).execute();
    },

    async byId(id) {
      return (await db.selectFrom('owner_links').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
    },

    async end(id, at_ms) {
      const update = db.updateTable('owner_links').set({ ended_at_ms: at_ms }).where('id', '=', id);
      const open = update.where('ended_at_ms', 'is', null).where('expires_at_ms', '>', at_ms);
      return changed(await open.executeTakeFirst());
    },

    async endOfAgreement(agreement_id, at_ms) {
      const update = db.updateTable('owner_links').set({ ended_at_ms: at_ms });
      const open = update.where('agreement_id', '=', agreement_id).where('ended_at_ms', 'is', null);
      return Number((await open.executeTakeFirst()).numUpdatedRows);
    },

    async openSession(session) {
      await db.insertInto('owner_sessions').values(session).execute();
    },

    async findSession(token_sha256, now_ms) {
      const found = db.selectFrom('owner_sessions').selectAll().where('token_sha256', '=', token_sha256);
      return (await found.where('expires_at_ms', '>', now_ms).executeTakeFirst()) ?? null;
    },

    async endSession(token_sha256) {
      await db.deleteFrom('owner_sessions').where('token_sha256', '=', token_sha256).execute();
    },

    async deleteExpiredSessions(now_ms) {
      await db.deleteFrom('owner_sessions').where('expires_at_ms', '<=', now_ms).execute();
    },

    async emailOf(owner_id) {
      const found = db.selectFrom('owner_contacts').select('email').where('owner_id', '=', owner_id);
      return (await found.executeTakeFirst())?.email ?? null;
    },

    async setEmail(owner_id, email, at_ms) {
      if (email === null) {
        await db.deleteFrom('owner_contacts').where('owner_id', '=', owner_id).execute();
        return;
      }
      await db
        .insertInto('owner_contacts')
        .values({ owner_id, email, set_at_ms: at_ms })
        .onConflict((conflict) => conflict.column('owner_id').doUpdateSet({ email, set_at_ms: at_ms }))
        .execute();
    },

    async ownersByEmail(email, limit) {
      const found = db.selectFrom('owner_contacts').select('owner_id').where('email', '=', email);
      return (await found.orderBy('owner_id').limit(limit).execute()).map(({ owner_id }) => owner_id);
    },
  };
}
