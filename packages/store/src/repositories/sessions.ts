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
  deleteExpired(now_ms: number): Promise<number>;
  /** `key` names who tries (a login, an address); throttling counts in the database so that restarts help nobody. */
  recordSignInFailure(key: string, at_ms: number): Promise<void>;
  failuresSince(key: string, since_ms: number): Promise<number>;
  clearFailures(key: string): Promise<void>;
}
