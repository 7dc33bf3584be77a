import type { TimeSource } from '@minhchung/domain';
import type { ClaimedPoll, OpenedCredentials, SecretBox, Store } from '@minhchung/store';
import { CLAIM_RECORDERS_MAX, LEASE_MARGIN_MS } from './limits.ts';
import type { NextSweep } from './schedule.ts';

/** A recorder that is ours to poll, with its account. */
export interface ClaimedRecorder {
  readonly claimed: ClaimedPoll;
  /** Null: it has none. */
  readonly account: OpenedCredentials | null;
  /** Where devices of its network may be; empty: wherever the deployment allows devices. */
  readonly network_cidrs: readonly string[];
}

export interface ClaimOptions {
  readonly store: Store;
  readonly secrets: SecretBox;
  readonly time: TimeSource;
  /** Names this poller; no two processes have the same. */
  readonly poller_id: string;
  readonly networks: readonly string[] | null;
  readonly concurrency: number;
  readonly device_deadline_ms: number;
  readonly nextSweep: NextSweep;
}

/**
 * Claims what was due when the sweep began, in batches, until nothing is left for us.
 *
 * A lease ends where a sweep begins: what a dead poller held is due in the next sweep, not in this one, so that no
 * recorder is asked twice between two sweeps. It is long enough for a batch that waits once for the recorders before
 * it and is then polled itself.
 */
export async function* claimedPolls(
  options: ClaimOptions,
  due_at_ms: number,
  signal: AbortSignal,
): AsyncGenerator<ClaimedRecorder, undefined> {
  const { store, time, poller_id, networks, concurrency, device_deadline_ms, nextSweep } = options;
  const limit = Math.min(CLAIM_RECORDERS_MAX, concurrency);
  const cidrs = new Map<string, readonly string[]>();
  while (!signal.aborted) {
    const needed_ms = time.now_ms() + 2 * device_deadline_ms + LEASE_MARGIN_MS;
    const lease_until_ms = nextSweep(needed_ms);
    const batch = await store.polls.claim({
      ...{ owner: poller_id, networks, now_ms: due_at_ms, lease_until_ms, limit },
    });
    const ids = batch.map(({ recorder }) => recorder.id);
    const accounts = await store.credentials.openAll(ids, options.secrets);
    for (const claimed of batch) {
      const { id, network_id } = claimed.recorder;
      if (!cidrs.has(network_id)) cidrs.set(network_id, await cidrsOf(store, network_id));
      yield { claimed, account: accounts.get(id) ?? null, network_cidrs: cidrs.get(network_id)! };
    }
    if (batch.length < limit) return;
  }
}

async function cidrsOf(store: Store, network_id: string): Promise<readonly string[]> {
  const network = await store.networks.byId(network_id);
  return network?.cidrs ?? [];
}
