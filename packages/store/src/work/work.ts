import { type ExtractionAssignment, isCoded, type Lease, type Work } from '@minhchung/domain';
import type { Kysely } from 'kysely';
import { ITEMS_PER_NETWORK_DEFAULT, ITEMS_PER_RECORDER_DEFAULT, LEASE_MAX_MS } from '../limits.ts';
import { transaction } from '../query/atomically.ts';
import { changed, type Db } from '../query/insert.ts';
import { bindRepositories } from '../repositories.ts';
import type { Tables } from '../schema/tables.ts';
import type { Engine, WorkOptions } from '../store.ts';
import { assignmentOf } from './assignment.ts';
import { claimCalledOff, settleCalledOff } from './called-off.ts';
import { claimItem } from './claim.ts';
import { finishItem } from './finish.ts';
import { lostLease } from './lost-lease.ts';

/** The extraction queue over the database. */
export function databaseWork(db: Kysely<Tables>, engine: Engine, options: WorkOptions): Work {
  const {
    time,
    secrets,
    items_per_recorder = ITEMS_PER_RECORDER_DEFAULT,
    items_per_network = ITEMS_PER_NETWORK_DEFAULT,
  } = options;

  /** The update of an item, if the lease still holds it. */
  const heldBy = ({ item_id, worker_id, token }: Lease) =>
    db
      .updateTable('extraction_items')
      .where('id', '=', item_id)
      .where('state', '=', 'running')
      .where('attempts', '=', token)
      .where('lease_worker_id', '=', worker_id);

  /** An item whose device password cannot be opened fails by itself, or it would stand before all others for ever. */
  const assignmentOrFailure = async (tx: Db, lease: Lease): Promise<ExtractionAssignment | 'failed'> => {
    try {
      return await assignmentOf(bindRepositories(tx), lease, secrets, time.now_ms());
    } catch (error) {
      if (!isCoded(error, 'SECRET_UNREADABLE')) throw error;
      const reason = { code: error.code, text: error.texts };
      await finishItem(tx, lease, { outcome: 'failed', reason }, time.now_ms());
      return 'failed';
    }
  };

  return {
    async claim({ worker_id, networks, lease_ms }) {
      const limits = { items_per_recorder, items_per_network };
      const question = { worker_id, networks, lease_ms: checkedLease(lease_ms), ...limits };
      for (;;) {
        const claimed = await transaction(db, async (tx) => {
          const lease = await claimItem(tx, engine, { ...question, now_ms: time.now_ms() });
          return lease === null ? null : await assignmentOrFailure(tx, lease);
        });
        if (claimed !== 'failed') return claimed;
      }
    },

    async renew(lease, lease_ms) {
      const expires_at_ms = time.now_ms() + checkedLease(lease_ms);
      const renewed = heldBy(lease).set({ lease_expires_at_ms: expires_at_ms });
      if (!changed(await renewed.executeTakeFirst())) throw await lostLease(db, lease);
      return { ...lease, expires_at_ms };
    },

    async check(lease) {
      const { item_id, worker_id, token } = lease;
      const held = await db
        .selectFrom('extraction_items')
        .select('id')
        .where('id', '=', item_id)
        .where('state', '=', 'running')
        .where('attempts', '=', token)
        .where('lease_worker_id', '=', worker_id)
        .executeTakeFirst();
      if (held === undefined) throw await lostLease(db, lease);
    },

    async report(lease, { phase, bytes, media_ms }) {
      const reported = heldBy(lease).set({
        progress_phase: phase,
        progress_bytes: Math.round(bytes),
        progress_media_ms: Math.round(media_ms),
      });
      if (!changed(await reported.executeTakeFirst())) throw await lostLease(db, lease);
    },

    claimCalledOff: ({ worker_id, lease_ms }) =>
      claimCalledOff(db, { worker_id, lease_ms: checkedLease(lease_ms), now_ms: time.now_ms() }),

    settle: (lease, discarded) =>
      transaction(db, (tx) => settleCalledOff(tx, lease, discarded, time.now_ms())),

    finish: (lease, result) => transaction(db, (tx) => finishItem(tx, lease, result, time.now_ms())),
  };
}

function checkedLease(lease_ms: number): number {
  if (!Number.isInteger(lease_ms) || lease_ms < 1 || lease_ms > LEASE_MAX_MS) {
    throw new RangeError(`a lease of ${lease_ms} ms; it is 1 to ${LEASE_MAX_MS}`);
  }
  return lease_ms;
}
