import {
  CodedError,
  type ExtractionRequest,
  ITEM_CANCELLABLE_STATES,
  type ItemReason,
  isConfirmationOverdue,
  LIMITS,
} from '@minhchung/domain';
import { act } from '../act.ts';
import type { ActDeps } from '../deps.ts';
import { SWEEP_PAGE_MAX } from '../limits.ts';

/**
 * Ends urgent requests that nobody confirmed within 24 hours: they are `unconfirmed` for ever, what still runs is
 * cancelled, and what was delivered can no longer be viewed. To be called every few minutes; returns how many
 * were ended. Calling it twice, or from two processes, ends each request once.
 */
export function sweepUrgent(deps: Pick<ActDeps, 'store'>) {
  return async (now_ms: number): Promise<number> => {
    const overdue = { start_ms: 0, end_ms: now_ms - LIMITS.urgent_confirmation_ms + 1 };
    let after: string | null = null;
    let ended = 0;
    do {
      const filter = { states: ['urgent_unconfirmed'], span: overdue };
      const page = await deps.store.requests.list(filter, { limit: SWEEP_PAGE_MAX, after });
      for (const request of page.rows) ended += (await expire(deps, request, now_ms)) ? 1 : 0;
      after = page.next;
    } while (after !== null);
    return ended;
  };
}

async function expire(
  deps: Pick<ActDeps, 'store'>,
  request: ExtractionRequest,
  now_ms: number,
): Promise<boolean> {
  if (!isConfirmationOverdue(request.submitted_at_ms, now_ms)) return false;
  return deps.store.transaction(async (tx) => {
    await tx.requests.lock(request.id);
    if (!(await tx.requests.setState(request.id, ['urgent_unconfirmed'], 'unconfirmed'))) return false;
    const hours = LIMITS.urgent_confirmation_ms / 3_600_000;
    const error = new CodedError('URGENT_NOT_CONFIRMED', { hours });
    const reason: ItemReason = { code: error.code, text: error.texts };
    const change = { reason, at_ms: now_ms };
    const cancelled = await tx.items.setStateOfRequest(
      request.id,
      ITEM_CANCELLABLE_STATES,
      'cancelled',
      change,
    );
    const subject = { kind: 'request', id: request.id, unit_id: request.unit_id } as const;
    const details = { number: request.number, items: cancelled.length };
    await tx.audit.append(act('request.expire', now_ms, null, subject, details));
    return true;
  });
}
