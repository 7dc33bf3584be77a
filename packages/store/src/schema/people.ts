/** A human. Badge numbers are unique: "two persons" means two rows here. */
export interface PersonTable {
  id: string;
  badge_number: string;
  full_name: string;
  created_at_ms: number;
}

/** A way for a person to sign in. */
export interface AccountTable {
  id: string;
  person_id: string;
  login: string;
  /** The login without case: unique, and what sign-in looks for. */
  login_folded: string;
  status: 'active' | 'closed';
  /** Encoded argon2 text. */
  password_hash: string;
  created_at_ms: number;
  closed_at_ms: number | null;
}

/** A role held at a unit by an account. */
export interface AppointmentTable {
  account_id: string;
  role: string;
  unit_id: string;
}

/** An open session. Only the hash of the cookie's token is known. */
export interface SessionTable {
  /** Lower-case hex. */
  token_sha256: string;
  account_id: string;
  created_at_ms: number;
  expires_at_ms: number;
}

/** A failed sign-in, kept for `SIGN_IN_FAILURES_KEPT_MS`. */
export interface SignInFailureTable {
  id: string;
  /** What tried: a login, an address. */
  key: string;
  at_ms: number;
}
