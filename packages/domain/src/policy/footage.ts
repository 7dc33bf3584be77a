import { LIMITS } from '../limits.ts';
import type { RequestState } from '../state-machines/request-machine.ts';
import { isConfirmationOverdue } from '../state-machines/urgency.ts';
import type { Actor } from '../vocabulary/people.ts';
import type { Action, FOOTAGE_ACTIONS } from './actions.ts';
import { type DecisionOfUnit, type ItemCamera, itemUndecided, itemVerdict } from './decisions.ts';
import { holdsRole, maySomewhere, type UnitAncestors } from './permission.ts';
import { ALLOWED, denied, type Verdict } from './verdict.ts';

/** What a look at footage needs to know of the request it was taken for. */
export interface RequestOfFootage {
  readonly unit_id: string;
  readonly requester_person_id: string;
  readonly state: RequestState;
  readonly submitted_at_ms: number;
}

/**
 * May the actor see this item's footage, download its package, or hand it over?
 *
 * Officers of the requesting unit and approvers of the requesting unit or of the camera's, once every unit asked
 * has approved. The one exception: while an urgent request is unconfirmed, within 24 hours, its requester may view
 * (not download, not hand over), and so may those who have to confirm it; a unit's refusal ends that for its
 * items at once, also while others have still to decide. Roles without footage never may.
 *
 * Refusals: `FORBIDDEN`, `FOOTAGE_NOT_FOR_ROLE`, `FORBIDDEN_UNIT`, `URGENT_NOT_CONFIRMED`, `NOT_APPROVED`,
 * `OTHER_UNIT_UNDECIDED`.
 */
export function maySeeFootage(
  actor: Pick<Actor, 'person_id' | 'appointments'>,
  action: Extract<Action, (typeof FOOTAGE_ACTIONS)[number]>,
  request: RequestOfFootage,
  item: ItemCamera,
  decisions: readonly DecisionOfUnit[],
  ancestors: UnitAncestors,
  now_ms: number,
): Verdict {
  const somewhere = maySomewhere(actor, action);
  if (!somewhere.allow) return somewhere;
  const is_officer = holdsRole(actor, ['officer'], request.unit_id, ancestors);
  const is_approver = [request.unit_id, item.camera_unit_id].some((unit_id) =>
    holdsRole(actor, ['approver'], unit_id, ancestors),
  );
  if (!is_officer && !is_approver) return denied('FORBIDDEN_UNIT', { action, unit: request.unit_id });

  switch (request.state) {
    case 'unconfirmed':
      return urgentNotConfirmed();
    case 'draft':
    case 'refused':
    case 'cancelled':
      return denied('NOT_APPROVED');
  }
  const undecided = itemUndecided(request, item, decisions);
  if (undecided === null) return ALLOWED;
  if (itemVerdict(request, item, decisions) === 'refused') return denied('NOT_APPROVED');
  if (request.state !== 'urgent_unconfirmed') return denied(undecided.code, undecided.details);
  if (isConfirmationOverdue(request.submitted_at_ms, now_ms)) return urgentNotConfirmed();
  const is_requester = actor.person_id === request.requester_person_id;
  return action === 'clip.view' && (is_requester || is_approver)
    ? ALLOWED
    : denied(undecided.code, undecided.details);
}

function urgentNotConfirmed(): Verdict {
  return denied('URGENT_NOT_CONFIRMED', { hours: LIMITS.urgent_confirmation_ms / 3_600_000 });
}
