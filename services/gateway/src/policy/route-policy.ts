import { type AuthorizeTarget, actorFields, type RoutePolicy } from '@minhchung/contract/server';
import {
  type Action,
  type Actor,
  CodedError,
  demand,
  mayAt,
  maySomewhere,
  type TimeSource,
  unitsFor,
  type Verdict,
} from '@minhchung/domain';
import type { Store } from '@minhchung/store';
import type { FastifyRequest } from 'fastify';

/** The domain's policy, asked with the signed-in actor and the units of the database; refusals are audited. */
export function createRoutePolicy(store: Store, time: TimeSource): RoutePolicy {
  async function ancestorsOf(unit_ids: readonly string[]) {
    const above = new Map<string, readonly string[]>();
    for (const unit_id of new Set(unit_ids)) {
      const ids = await store.units.coveringIds(unit_id, time.now_ms());
      above.set(unit_id, ids.slice(1));
    }
    return (unit_id: string) => above.get(unit_id) ?? [];
  }

  async function enforce(request: FastifyRequest, action: Action, target: AuthorizeTarget, verdict: Verdict) {
    const actor = signedIn(request);
    if (!verdict.allow) {
      await store.audit.append({
        at_ms: time.now_ms(),
        act: action,
        ...actorFields(actor),
        unit_id: target.unit_id,
        subject_kind: target.subject_kind ?? 'unit',
        subject_id: target.subject_id ?? target.unit_id ?? '',
        outcome: 'denied',
        details: { code: verdict.code },
      });
      demand(verdict);
    }
    return actor;
  }

  return {
    ancestorsOf,
    enforce,
    async authorize(request, action, target) {
      const actor = signedIn(request);
      const verdict =
        target.unit_id === null
          ? maySomewhere(actor, action)
          : mayAt(actor, action, target.unit_id, await ancestorsOf([target.unit_id]));
      return enforce(request, action, target, verdict);
    },
    async unitScope(request, action) {
      const actor = await enforce(
        request,
        action,
        { unit_id: null },
        maySomewhere(signedIn(request), action),
      );
      const scope = new Set<string>();
      for (const unit_id of unitsFor(actor, action)) {
        for (const id of await store.units.coveredIds(unit_id, time.now_ms())) scope.add(id);
      }
      return [...scope];
    },
  };
}

function signedIn(request: FastifyRequest): Actor {
  if (request.actor === null) throw new CodedError('NOT_SIGNED_IN');
  return request.actor;
}
