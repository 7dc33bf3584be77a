import { isCoded, type Lease, type Work } from '@minhchung/domain';

/** How often a running item is looked at for having been called off. */
const CHECK_INTERVAL_MS = 500;

/** Keeps one lease alive while its item is being extracted. */
export interface LeaseKeeper {
  /** Aborted, with the error as reason, as soon as the lease is lost or the item cancelled. */
  readonly signal: AbortSignal;
  /** The lease as last renewed. */
  current(): Lease;
  /** Renews at once: called before what must not be done by two (making the package visible). */
  confirm(): Promise<void>;
  close(): void;
}

/**
 * Renews a lease three times per `lease_ms`. A renewal that fails for a passing reason (the database is busy) is
 * tried again at the next turn; a lost or cancelled one ends the work through `signal`. When renewals keep
 * failing until the lease has run out, it counts as lost: somebody else may hold the item by then.
 */
export function keepLease(
  work: Pick<Work, 'renew' | 'check'>,
  first: Lease,
  lease_ms: number,
  now_ms: () => number,
): LeaseKeeper {
  const ended = new AbortController();
  let lease = first;
  let is_checking = false;
  const timer = setInterval(() => void turn(), Math.max(1, Math.floor(lease_ms / 3)));
  const check_timer = setInterval(() => void check(), CHECK_INTERVAL_MS);

  /** Cancelled items stop within a second; a look costs one read of one row. */
  async function check(): Promise<void> {
    if (is_checking || ended.signal.aborted) return;
    is_checking = true;
    try {
      await work.check(lease);
    } catch (error) {
      if (isCoded(error, 'LEASE_LOST', 'CANCELLED')) ended.abort(error);
    } finally {
      is_checking = false;
    }
  }

  async function renew(): Promise<void> {
    lease = await work.renew(lease, lease_ms);
  }

  async function turn(): Promise<void> {
    try {
      await renew();
    } catch (error) {
      const is_final = isCoded(error, 'LEASE_LOST', 'CANCELLED');
      if (is_final || now_ms() >= lease.expires_at_ms) ended.abort(error);
    }
  }

  return {
    signal: ended.signal,
    current: () => lease,
    async confirm() {
      ended.signal.throwIfAborted();
      try {
        await renew();
      } catch (error) {
        ended.abort(error);
        throw error;
      }
    },
    close() {
      clearInterval(timer);
      clearInterval(check_timer);
    },
  };
}
