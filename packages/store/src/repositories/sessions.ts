import { SIGN_IN_FAILURES_KEPT_MS } from '../limits.ts';
import { changed, type Db } from '../query/insert.ts';
import { newId } from '../query/new-id.ts';

export interface Session {
  /** Lower-case hex SHA-256 of the cookie's token; the token itself is never stored. */
  readonly token_sha256: string;
  readonly account_id: string;
  readonly created_at_ms: number;
  readonly expires_at_ms: number;
}

export interface SessionRepository {
  create(session: Session): Promise<void>;
  /** The session, if it has neither expired nor been revoked and its account is active. */
  find(token_sha256: string, now_ms: number): Promise<Session | null>;
  revoke(token_sha256: string): Promise<boolean>;
  /** Returns the number of sessions ended. */
  revokeAllOf(account_id: string): Promise<number>;
  /** Forgets expired sessions and old sign-in failures; returns the number of sessions. */
  deleteExpired(now_ms: number): Promise<number>;
  /** `key` names who tries (a login, an address); throttling counts in the database so that restarts help nobody. */
  recordSignInFailure(key: string, at_ms: number): Promise<void>;
  failuresSince(key: string, since_ms: number): Promise<number>;
  clearFailures(key: string): Promise<void>;
}

export function sessionRepository(db: Db): SessionRepository {
  return {
    async create(session) {
      await db.insertInto('sessions').values(session).execute();
    },

    async find(token_sha256, now_ms) {
      const row = await db
        .selectFrom('sessions')
        .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
        .selectAll('sessions')
        .where('token_sha256', '=', token_sha256)
        .where('expires_at_ms', '>', now_ms)
        .where('accounts.status', '=', 'active')
        .executeTakeFirst();
      return row ?? null;
    },

    async revoke(token_sha256) {
      const gone = db.deleteFrom('sessions').where('token_sha256', '=', token_sha256);
      return changed(await gone.executeTakeFirst());
    },

    async revokeAllOf(account_id) {
      const gone = await db.deleteFrom('sessions').where('account_id', '=', account_id).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },

    async deleteExpired(now_ms) {
      await db
        .deleteFrom('sign_in_failures')
        .where('at_ms', '<', now_ms - SIGN_IN_FAILURES_KEPT_MS)
        .execute();
      const gone = await db.deleteFrom('sessions').where('expires_at_ms', '<=', now_ms).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },

    async recordSignInFailure(key, at_ms) {
      await db
        .insertInto('sign_in_failures')
        .values({ id: newId(at_ms), key, at_ms })
        .execute();
    },

    async failuresSince(key, since_ms) {
      const row = await db
        .selectFrom('sign_in_failures')
        .select((eb) => eb.fn.countAll<number>().as('failures'))
        .where('key', '=', key)
        .where('at_ms', '>=', since_ms)
        .executeTakeFirstOrThrow();
      return row.failures;
    },

    async clearFailures(key) {
      await db.deleteFrom('sign_in_failures').where('key', '=', key).execute();
    },
  };
}
