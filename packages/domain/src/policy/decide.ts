import { isRequestFinal, type RequestState } from '../state-machines/request-machine.ts';
import type { Actor } from '../vocabulary/people.ts';
import { type DecisionOfUnit, decisionsNeeded, type ItemCamera } from './decisions.ts';
import { mayAt, type UnitAncestors } from './permission.ts';
import { ALLOWED, denied, type Verdict } from './verdict.ts';

/** What deciding needs to know of the request. */
export interface RequestToDecide {
  readonly unit_id: string;
  readonly requester_person_id: string;
  readonly state: RequestState;
}

/**
 * May the actor decide on the request for this unit?
 *
 * Persons are compared, not accounts: two accounts of one human are one human. Refusals: those of `mayAt`,
 * `SAME_PERSON`, `STATE_CONFLICT`, `NO_DECISION_NEEDED`, `ALREADY_DECIDED`.
 */
export function mayDecide(
  actor: Pick<Actor, 'person_id' | 'appointments'>,
  request: RequestToDecide,
  items: readonly ItemCamera[],
  decisions: readonly DecisionOfUnit[],
  unit_id: string,
  ancestors: UnitAncestors,
): Verdict {
  const permitted = mayAt(actor, 'request.decide', unit_id, ancestors);
  if (!permitted.allow) return permitted;
  if (actor.person_id === request.requester_person_id) return denied('SAME_PERSON');
  if (request.state === 'draft' || isRequestFinal(request.state)) {
    return denied('STATE_CONFLICT', { event: 'request.decide', state: request.state });
  }
  if (!decisionsNeeded(request, items).includes(unit_id))
    return denied('NO_DECISION_NEEDED', { unit: unit_id });
  if (decisions.some((decision) => decision.unit_id === unit_id))
    return denied('ALREADY_DECIDED', { unit: unit_id });
  return ALLOWED;
}
