import { CodedError, type TimeSource } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';

/** Who tries to sign in, as it is counted. */
export interface Attempt {
  readonly login: string;
  readonly address: string;
}

/** Counts failures in the database, by login and by address. */
export interface SignInThrottle {
  /**
   * Counts the attempt against its login before the password is looked at, so that many at once do not slip
   * through. Throws `TOO_MANY_ATTEMPTS`.
   */
  begin(attempt: Attempt): Promise<void>;
  /** The attempt failed: it also counts against the address. */
  failed(attempt: Attempt): Promise<void>;
  /** The attempt succeeded: nothing is held against the login any more. */
  succeeded(attempt: Attempt): Promise<void>;
}

export function createSignInThrottle(
  sessions: Store['sessions'],
  limits: Settings['api']['sign_in'],
  time: TimeSource,
): SignInThrottle {
  const window_ms = limits.window_minutes * 60_000;
  const byLogin = ({ login }: Attempt) => `login:${login.normalize('NFC').toLowerCase()}`;
  const byAddress = ({ address }: Attempt) => `address:${address}`;

  async function demandFewer(key: string, failures_max: number, now_ms: number): Promise<void> {
    if ((await sessions.failuresSince(key, now_ms - window_ms)) >= failures_max) {
      throw new CodedError('TOO_MANY_ATTEMPTS', { retry_after_s: limits.window_minutes * 60 });
    }
  }

  return {
    async begin(attempt) {
      const now_ms = time.now_ms();
      await demandFewer(byAddress(attempt), limits.failures_per_address_max, now_ms);
      await demandFewer(byLogin(attempt), limits.failures_per_login_max, now_ms);
      await sessions.recordSignInFailure(byLogin(attempt), now_ms);
      await demandFewer(byLogin(attempt), limits.failures_per_login_max + 1, now_ms);
    },
    async failed(attempt) {
      await sessions.recordSignInFailure(byAddress(attempt), time.now_ms());
    },
    async succeeded(attempt) {
      await sessions.clearFailures(byLogin(attempt));
    },
  };
}
