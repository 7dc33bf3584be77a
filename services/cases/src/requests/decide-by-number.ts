import { type Actor, CodedError, type Decision, decisionsNeeded, demand, type Span } from '@minhchung/domain';
import type { ActDeps, CasesDeps } from '../deps.ts';
import { decideRequest, unitToDecideFor, verdictOf } from './decide-request.ts';
import { decisionFacts } from './decision-facts.ts';

/**
 * Decides on a request named by its number, for the first unit for which the actor may, as over the API: the same
 * rule, the same transaction, and a refusal is kept in the trail. Returns the unit decided for. Throws
 * `UNKNOWN_REQUEST` and what `decideRequest` throws.
 */
export function decideByNumber(deps: ActDeps & Pick<CasesDeps, 'ancestorsOf'>) {
  const decide = decideRequest(deps);
  return async (
    actor: Actor,
    number: string,
    input: Pick<Decision, 'verdict' | 'reason'> & { readonly approved_span?: Span | undefined },
  ): Promise<string> => {
    const at_ms = deps.time.now_ms();
    const request = await deps.store.requests.byNumber(number);
    if (request === null) throw new CodedError('UNKNOWN_REQUEST', { request: number });
    const facts = await decisionFacts(deps.store, request, at_ms);
    const ancestors = await deps.ancestorsOf(decisionsNeeded(request, facts.items));
    const unit_id = unitToDecideFor(actor, facts, ancestors);
    const verdict = verdictOf(actor, facts, unit_id, ancestors);
    if (!verdict.allow) {
      const { account_id, person_id } = actor;
      await deps.store.audit.append({
        ...{ at_ms, act: 'request.decide', account_id, person_id, unit_id, outcome: 'denied' },
        ...{ subject_kind: 'request', subject_id: request.id, details: { code: verdict.code } },
      });
      demand(verdict);
    }
    await decide(actor, request.id, { ...input, unit_id, ancestors });
    return unit_id;
  };
}
