import {
  type Actor,
  decisionsOpen,
  type ExtractionRequest,
  REQUEST_STATES,
  requestTransition,
} from '@minhchung/domain';
import type { Page, PageRequest } from '@minhchung/store';
import type { CasesDeps } from '../deps.ts';
import { verdictOf } from './decide-request.ts';
import { decisionFacts } from './decision-facts.ts';

/** States in which a decision changes something. Few requests are in them at any time. */
const UNDECIDED_STATES = REQUEST_STATES.filter(
  (state) => state !== 'draft' && typeof requestTransition(state, 'decide_approved') === 'string',
);

/**
 * The open requests on which the actor may decide: those of their unit, and those of other units that ask for one
 * of its cameras. One page of open requests is looked at, so the answer may hold fewer than were asked for.
 */
export function listRequestsToDecide(deps: Pick<CasesDeps, 'store' | 'time' | 'ancestorsOf'>) {
  return async (actor: Actor, page: PageRequest): Promise<Page<ExtractionRequest>> => {
    const open = await deps.store.requests.list({ states: UNDECIDED_STATES }, page);
    const mine: ExtractionRequest[] = [];
    for (const request of open.rows) {
      const facts = await decisionFacts(deps.store, request, deps.time.now_ms());
      const undecided = decisionsOpen(request, facts.items, facts.decisions);
      const ancestors = await deps.ancestorsOf(undecided);
      if (undecided.some((unit_id) => verdictOf(actor, facts, unit_id, ancestors).allow)) mine.push(request);
    }
    return { rows: mine, next: open.next };
  };
}
