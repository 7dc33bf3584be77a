import { type ExtractionResult, ITEM_EVENT_OF_RESULT, ITEM_TRANSITIONS, type Lease } from '@minhchung/domain';
import { CLIP_SPANS_MAX } from '../limits.ts';
import type { Db } from '../query/insert.ts';
import { lockRow } from '../query/lock-row.ts';
import { newId } from '../query/new-id.ts';
import { destroyItemAccounts } from '../repositories/item-credentials.ts';
import { changeOf } from '../repositories/items.ts';
import { bindRepositories } from '../repositories.ts';
import { lostLease } from './lost-lease.ts';

/**
 * Ends a claim: state, clip, the request's closing and the audit event, all or nothing. The same end of the same
 * attempt again changes nothing; any other is refused as a lost lease.
 */
export async function finishItem(
  tx: Db,
  lease: Lease,
  result: ExtractionResult,
  now_ms: number,
): Promise<void> {
  const to = ITEM_TRANSITIONS.running[ITEM_EVENT_OF_RESULT[result.outcome]]!;
  await lockRequestOf(tx, lease);
  const ended = await tx
    .updateTable('extraction_items')
    .set({
      ...changeOf(to, { reason: result.reason, at_ms: now_ms }),
      not_before_ms: 'not_before_ms' in result ? result.not_before_ms : null,
      lease_expires_at_ms: null,
      finished_attempt: lease.token,
    })
    // A wait for a source that may still hold the footage is no failure.
    .$if(result.outcome === 'waiting', (update) =>
      update.set((eb) => ({ attempts_forgiven: eb('attempts_forgiven', '+', 1) })),
    )
    .where('id', '=', lease.item_id)
    .where('state', '=', 'running')
    .where('attempts', '=', lease.token)
    .where('lease_worker_id', '=', lease.worker_id)
    .returning('request_id')
    .executeTakeFirst();
  if (ended === undefined) {
    if (await wasFinished(tx, lease)) return;
    throw await lostLease(tx, lease);
  }
  await destroyItemAccounts(tx, [lease.item_id], to);
  const clip_id = newId(now_ms);
  if (result.outcome === 'archived' || result.outcome === 'partial') {
    const { attempt_prefix, manifest_sha256, size_bytes } = result;
    await tx
      .insertInto('clips')
      .values({
        ...{ id: clip_id, item_id: lease.item_id, attempt_prefix, manifest_sha256, size_bytes },
        found: spansText(result.found),
        gaps: spansText(result.gaps),
        archived_at_ms: now_ms,
      })
      .execute();
  }
  await appendEvents(tx, ended.request_id, lease, result, now_ms);
}

/** The request before its items, as whoever decides or cancels takes them: in another order they would deadlock. */
async function lockRequestOf(tx: Db, { item_id }: Lease): Promise<void> {
  const query = tx.selectFrom('extraction_items').select('request_id').where('id', '=', item_id);
  const item = await query.executeTakeFirst();
  if (item !== undefined) await lockRow(tx, 'extraction_requests', item.request_id);
}

async function appendEvents(
  tx: Db,
  request_id: string,
  lease: Lease,
  result: ExtractionResult,
  at_ms: number,
) {
  const repositories = bindRepositories(tx);
  const is_closed = await repositories.requests.closeIfDone(request_id);
  const { unit_id } = await tx
    .selectFrom('extraction_requests')
    .select('unit_id')
    .where('id', '=', request_id)
    .executeTakeFirstOrThrow();
  const event = { at_ms, account_id: null, person_id: null, unit_id, outcome: 'ok' } as const;
  const manifest_sha256 = 'manifest_sha256' in result ? result.manifest_sha256 : null;
  await repositories.audit.append({
    ...event,
    act: 'item.finish',
    subject_kind: 'item',
    subject_id: lease.item_id,
    details: {
      outcome: result.outcome,
      attempt: lease.token,
      worker_id: lease.worker_id,
      reason: result.reason?.code ?? null,
      manifest_sha256,
    },
  });
  if (!is_closed) return;
  await repositories.audit.append({
    ...event,
    act: 'request.close',
    subject_kind: 'request',
    subject_id: request_id,
    details: {},
  });
}

async function wasFinished(tx: Db, { item_id, worker_id, token }: Lease): Promise<boolean> {
  const row = await tx
    .selectFrom('extraction_items')
    .select(['finished_attempt', 'lease_worker_id', 'attempts'])
    .where('id', '=', item_id)
    .executeTakeFirst();
  if (row === undefined || row.finished_attempt !== token) return false;
  // After another claim the worker of the earlier attempt is no longer on record; the token alone must do.
  return row.attempts > token || row.lease_worker_id === worker_id;
}

function spansText(spans: readonly { readonly start_ms: number; readonly end_ms: number }[]): string {
  if (spans.length > CLIP_SPANS_MAX) throw new RangeError(`${spans.length} spans in one clip`);
  return JSON.stringify(spans.map(({ start_ms, end_ms }) => ({ start_ms, end_ms })));
}
