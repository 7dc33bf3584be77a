import type { Lease } from '@minhchung/domain';
import { type RawBuilder, sql } from 'kysely';
import { among } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import type { Engine } from '../store.ts';

export interface ClaimQuestion {
  readonly worker_id: string;
  readonly networks: readonly string[] | null;
  readonly lease_ms: number;
  readonly items_per_recorder: number;
  readonly items_per_network: number;
  readonly now_ms: number;
}

/** Names the taking of work among the advisory locks of a PostgreSQL database. */
const CLAIM_LOCK_KEY = 7_220_261_123;

/**
 * Takes the item that is due first among those that may run: queued or waiting ones whose time has come, and
 * running ones whose worker lost its lease. The fencing token is the number of the attempt.
 */
export async function claimItem(tx: Db, engine: Engine, question: ClaimQuestion): Promise<Lease | null> {
  // Two claims side by side would each count the recorder's running items before the other's shows. One claim
  // takes milliseconds and an extraction seconds, so they queue. SQLite has one writer anyway.
  if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${CLAIM_LOCK_KEY})`.execute(tx);
  const { worker_id, lease_ms, now_ms } = question;
  const expires_at_ms = now_ms + lease_ms;
  const claimed = await sql<{ id: string; attempts: number }>`
    update extraction_items
    set state = 'running', attempts = attempts + 1, updated_at_ms = ${now_ms}, not_before_ms = null,
        lease_worker_id = ${worker_id}, lease_expires_at_ms = ${expires_at_ms},
        reason_code = null, reason_vi = null, reason_en = null,
        progress_phase = null, progress_bytes = null, progress_media_ms = null
    where id = (${nextItem(engine, question)})
    returning id, attempts`.execute(tx);
  const row = claimed.rows[0];
  return row === undefined ? null : { item_id: row.id, worker_id, token: row.attempts, expires_at_ms };
}

function nextItem(
  engine: Engine,
  { networks, items_per_recorder, items_per_network, now_ms }: ClaimQuestion,
): RawBuilder<unknown> {
  // An item that is being cancelled or finished this moment is left alone.
  const locking = engine === 'postgres' ? sql`for update of item skip locked` : sql``;
  return sql`
    select item.id
    from extraction_items as item
    join cameras as camera on camera.id = item.camera_id
    join recorders as recorder on recorder.id = camera.recorder_id
    join networks as network on network.id = recorder.network_id
    where (
        (item.state in ('queued', 'waiting') and coalesce(item.not_before_ms, 0) <= ${now_ms})
        or (item.state = 'running' and item.lease_expires_at_ms <= ${now_ms})
      )
      and ${among('network.code', networks ?? undefined)}
      and camera.recorder_id not in (
        select busy_camera.recorder_id
        from extraction_items as busy
        join cameras as busy_camera on busy_camera.id = busy.camera_id
        where busy.state = 'running' and busy.lease_expires_at_ms > ${now_ms}
        group by busy_camera.recorder_id
        having count(*) >= ${items_per_recorder}
      )
      and recorder.network_id not in (
        select busy_recorder.network_id
        from extraction_items as busy
        join cameras as busy_camera on busy_camera.id = busy.camera_id
        join recorders as busy_recorder on busy_recorder.id = busy_camera.recorder_id
        where busy.state = 'running' and busy.lease_expires_at_ms > ${now_ms}
        group by busy_recorder.network_id
        having count(*) >= ${items_per_network}
      )
    order by item.due_at_ms, item.id
    limit 1
    ${locking}`;
}
