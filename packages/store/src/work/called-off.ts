import type { DiscardedAttempts, ItemState, Lease } from '@minhchung/domain';
import { type Kysely, sql } from 'kysely';
import { among } from '../query/conditions.ts';
import { changed, type Db } from '../query/insert.ts';
import { bindRepositories } from '../repositories.ts';
import type { Tables } from '../schema/tables.ts';

/** Ends of an item that are not a worker's: an attempt may have been running. */
const CALLED_OFF = ['cancelled', 'refused', 'not_obtained'] as const satisfies readonly ItemState[];

/** Brought in, and no worker has seen it since. */
const NEVER_TAKEN_UP = sql`(
  lease_expires_at_ms is null and finished_attempt is null
  and id in (select item_id from imported_packages)
)`;

/**
 * Takes an item that was called off while an attempt ran, and whose worker is gone; or one that was brought in as a
 * package: its footage lay here before anybody decided.
 */
export async function claimCalledOff(
  db: Kysely<Tables>,
  {
    worker_id,
    lease_ms,
    now_ms,
  }: {
    readonly worker_id: string;
    readonly lease_ms: number;
    readonly now_ms: number;
  },
): Promise<Lease | null> {
  const expires_at_ms = now_ms + lease_ms;
  const claimed = await sql<{ id: string; attempts: number }>`
    update extraction_items
    set lease_worker_id = ${worker_id}, lease_expires_at_ms = ${expires_at_ms}
    where id = (
      select id from extraction_items
      where ${among('state', CALLED_OFF)}
        and (lease_expires_at_ms <= ${now_ms} or ${NEVER_TAKEN_UP})
      order by lease_expires_at_ms
      limit 1
    ) and (lease_expires_at_ms <= ${now_ms} or ${NEVER_TAKEN_UP})
    returning id, attempts`.execute(db);
  const row = claimed.rows[0];
  return row === undefined ? null : { item_id: row.id, worker_id, token: row.attempts, expires_at_ms };
}

/** Notes that nothing of a called-off item is left, with what was discarded in the trail. */
export async function settleCalledOff(
  tx: Db,
  { item_id, token, worker_id }: Lease,
  { files, manifest_sha256 }: DiscardedAttempts,
  at_ms: number,
): Promise<void> {
  const settled = await tx
    .updateTable('extraction_items')
    .set({ finished_attempt: token, lease_expires_at_ms: null })
    .where('id', '=', item_id)
    .where(among('state', CALLED_OFF))
    .where('attempts', '=', token)
    .where('lease_worker_id', '=', worker_id)
    .where('lease_expires_at_ms', 'is not', null)
    .executeTakeFirst();
  if (!changed(settled) || files === 0) return;
  const item = await tx
    .selectFrom('extraction_items')
    .innerJoin('extraction_requests', 'extraction_requests.id', 'extraction_items.request_id')
    .select(['extraction_requests.unit_id', 'extraction_requests.number'])
    .where('extraction_items.id', '=', item_id)
    .executeTakeFirstOrThrow();
  await bindRepositories(tx).audit.append({
    at_ms,
    act: 'item.discard',
    account_id: null,
    person_id: null,
    unit_id: item.unit_id,
    subject_kind: 'item',
    subject_id: item_id,
    outcome: 'ok',
    details: { request: item.number, attempt: token, files, manifest_sha256 },
  });
}
