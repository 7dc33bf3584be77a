import {
  type Actor,
  ALLOWED,
  CodedError,
  demand,
  denied,
  type ExtractionRequest,
  ITEM_CANCELLABLE_STATES,
  type ItemReason,
  type RequestState,
  requestTransition,
  type Verdict,
} from '@minhchung/domain';
import { act } from '../act.ts';
import type { ActDeps } from '../deps.ts';

/** Is it the actor's own request? Persons are compared, not accounts. Refusal: `NOT_THE_REQUESTER`. */
export function mayCancel(actor: Pick<Actor, 'person_id'>, request: ExtractionRequest): Verdict {
  if (request.requester_person_id === actor.person_id) return ALLOWED;
  return denied('NOT_THE_REQUESTER', { request: request.number });
}

/**
 * Cancels one's own request and every item that has no outcome yet; what is delivered stays delivered. Throws
 * `NOT_THE_REQUESTER`, `TEXT_MISSING`, `STATE_CONFLICT` (among others for urgent requests, which are not cancelled
 * but confirmed or refused).
 */
export function cancelRequest(deps: ActDeps) {
  return async (actor: Actor, request: ExtractionRequest, text: string): Promise<void> => {
    const why = text.normalize('NFC').trim();
    if (why === '') throw new CodedError('TEXT_MISSING', { field: 'reason' });
    demand(mayCancel(actor, request));
    await deps.store.transaction(async (tx) => {
      // Held, so that a decision made at once is seen, or sees this.
      const state = ((await tx.requests.lock(request.id)) ?? request).state;
      const at_ms = deps.time.now_ms();
      const next = requestTransition(state as RequestState, 'cancel');
      if (next instanceof CodedError) throw next;
      await tx.requests.setState(request.id, [state], next);
      const error = new CodedError('ITEM_CANCELLED', { reason: why });
      const reason: ItemReason = { code: error.code, text: error.texts };
      const cancelled = await tx.items.setStateOfRequest(request.id, ITEM_CANCELLABLE_STATES, 'cancelled', {
        reason,
        at_ms,
      });
      const subject = { kind: 'request', id: request.id, unit_id: request.unit_id } as const;
      const details = { number: request.number, items: cancelled.length };
      await tx.audit.append(act('request.cancel', at_ms, actor, subject, details));
    });
  };
}
