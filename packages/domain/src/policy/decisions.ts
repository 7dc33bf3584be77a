/**
 * Who must decide on a request, and what follows from what was decided.
 *
 * The requesting unit decides on every item; a camera of another unit needs that unit's decision as well. An item
 * is approved when all its units approve, and refused as soon as one of them refuses.
 */
import { CodedError } from '../errors.ts';
import { type ItemState, itemTransition } from '../state-machines/item-machine.ts';
import type { RequestEvent } from '../state-machines/request-machine.ts';

export interface DecisionOfUnit {
  readonly unit_id: string;
  readonly verdict: 'approved' | 'refused';
}

/** What the rules need to know of a request and of an item. */
export interface RequestUnit {
  readonly unit_id: string;
}
export interface ItemCamera {
  readonly camera_unit_id: string;
}

export type ItemVerdict = 'approved' | 'refused' | 'open';

/** Units whose approver must decide on the request, each once, the requesting unit first. */
export function decisionsNeeded(request: RequestUnit, items: readonly ItemCamera[]): string[] {
  return [...new Set([request.unit_id, ...items.map((item) => item.camera_unit_id)])];
}

/** Units that still have to decide. */
export function decisionsOpen(
  request: RequestUnit,
  items: readonly ItemCamera[],
  decisions: readonly DecisionOfUnit[],
): string[] {
  return decisionsNeeded(request, items).filter((unit_id) => !decisions.some((d) => d.unit_id === unit_id));
}

/** What the decisions made so far mean for one item. */
export function itemVerdict(
  request: RequestUnit,
  item: ItemCamera,
  decisions: readonly DecisionOfUnit[],
): ItemVerdict {
  const verdicts = decisionsNeeded(request, [item]).map(
    (unit_id) => decisions.find((decision) => decision.unit_id === unit_id)?.verdict,
  );
  if (verdicts.includes('refused')) return 'refused';
  return verdicts.every((verdict) => verdict === 'approved') ? 'approved' : 'open';
}

/** Why an item may not run yet: `OTHER_UNIT_UNDECIDED` or `NOT_APPROVED`; null when it is approved. */
export function itemUndecided(
  request: RequestUnit,
  item: ItemCamera,
  decisions: readonly DecisionOfUnit[],
): CodedError | null {
  const verdict = itemVerdict(request, item, decisions);
  if (verdict === 'approved') return null;
  const undecided = decisionsOpen(request, [item], decisions);
  return verdict === 'open' && undecided.length === 1 && undecided[0] !== request.unit_id
    ? new CodedError('OTHER_UNIT_UNDECIDED', { unit: item.camera_unit_id })
    : new CodedError('NOT_APPROVED');
}

/**
 * The state of an item after the decisions made so far. Items that are under way or at their end stay as they
 * are, except that a refusal stops what an urgent request has started.
 */
export function itemStateAfterDecisions(
  state: ItemState,
  request: RequestUnit,
  item: ItemCamera,
  decisions: readonly DecisionOfUnit[],
): ItemState {
  const verdict = itemVerdict(request, item, decisions);
  if (verdict === 'open') return state;
  const next = itemTransition(state, verdict === 'approved' ? 'approve' : 'refuse');
  return next instanceof CodedError ? state : next;
}

/** The event that the decisions made so far are for the request; null when nobody has decided. */
export function requestEventAfterDecisions(
  request: RequestUnit,
  items: readonly ItemCamera[],
  decisions: readonly DecisionOfUnit[],
): Extract<RequestEvent, 'decide_partly' | 'decide_approved' | 'decide_refused'> | null {
  const asked = decisionsNeeded(request, items);
  if (!decisions.some((decision) => asked.includes(decision.unit_id))) return null;
  const verdicts = items.map((item) => itemVerdict(request, item, decisions));
  if (verdicts.includes('open')) return 'decide_partly';
  return verdicts.includes('approved') ? 'decide_approved' : 'decide_refused';
}
