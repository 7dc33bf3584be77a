import {
  type Actor,
  CodedError,
  type ExtractionRequest,
  ITEM_STATES,
  type ItemReason,
  itemTransition,
  type RequestState,
  requestTransition,
} from '@minhchung/domain';
import { act } from '../act.ts';
import type { ActDeps } from '../deps.ts';

/** States from which an item can be cancelled. */
export const CANCELLABLE_ITEM_STATES = ITEM_STATES.filter(
  (state) => itemTransition(state, 'cancel') === 'cancelled',
);

/**
 * Cancels one's own request and every item that has no outcome yet; what is delivered stays delivered. Throws
 * `NOT_THE_REQUESTER`, `TEXT_MISSING`, `STATE_CONFLICT` (among others for urgent requests, which are not cancelled
 * but confirmed or refused).
 */
export function cancelRequest(deps: ActDeps) {
  return async (actor: Actor, request: ExtractionRequest, text: string): Promise<void> => {
    const why = text.normalize('NFC').trim();
    if (why === '') throw new CodedError('TEXT_MISSING', { field: 'reason' });
    if (request.requester_person_id !== actor.person_id) {
      throw new CodedError('NOT_THE_REQUESTER', { request: request.number });
    }
    const next = requestTransition(request.state as RequestState, 'cancel');
    if (next instanceof CodedError) throw next;
    await deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      if (!(await tx.requests.setState(request.id, [request.state], next))) {
        throw new CodedError('STATE_CONFLICT', { state: request.state, event: 'cancel' });
      }
      const error = new CodedError('ITEM_CANCELLED', { reason: why });
      const reason: ItemReason = { code: error.code, text: error.texts };
      const cancelled = await tx.items.setStateOfRequest(request.id, CANCELLABLE_ITEM_STATES, 'cancelled', {
        reason,
        at_ms,
      });
      const subject = { kind: 'request', id: request.id, unit_id: request.unit_id } as const;
      const details = { number: request.number, items: cancelled.length };
      await tx.audit.append(act('request.cancel', at_ms, actor, subject, details));
    });
  };
}
