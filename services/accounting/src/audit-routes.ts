import * as contract from '@minhchung/contract';
import { actorFields, pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance } from 'fastify';
import { allRows } from './all-rows.ts';
import { spanOf } from './covering.ts';
import type { AccountingDeps } from './deps.ts';
import { unitsCovered } from './scope.ts';

/** Reading and checking the audit trail. */
export function auditRoutes(app: FastifyInstance, deps: AccountingDeps): void {
  registerRoute(app, contract.listAuditEvents, async ({ query, request }) => {
    const { unit_id, from_ms: _from, to_ms: _to, limit: _limit, cursor: _cursor, ...fields } = query;
    const span = spanOf(query);
    const scope = await unitsCovered(deps, request, 'audit.read', unit_id);
    const sees_all = unit_id === undefined && (await coversAllUnits(deps, scope));
    const filter = {
      ...fields,
      ...(sees_all ? {} : { unit_ids: scope }),
      ...(span === undefined ? {} : { span }),
    };
    return pageAnswer(await deps.store.audit.list(filter, pageRequest(query)), (event) => event);
  });

  registerRoute(app, contract.verifyAuditTrail, async ({ request }) => {
    const actor = await deps.authorize(request, 'audit.read', { unit_id: null, subject_kind: 'audit' });
    const result = await deps.store.audit.verifyChain();
    await deps.store.audit.append({
      at_ms: deps.time.now_ms(),
      act: 'audit.verify',
      ...actorFields(actor),
      unit_id: null,
      subject_kind: 'audit',
      subject_id: 'trail',
      outcome: result.broken_at_sequence === null ? 'ok' : 'failed',
      details: result,
    });
    return result;
  });
}

/**
 * Acts that belong to no unit (a sign-in, a search across wards) are shown to those who audit every unit; an
 * auditor of one ward sees the acts counted under that ward.
 */
async function coversAllUnits(deps: AccountingDeps, scope: readonly string[]): Promise<boolean> {
  const covered = new Set(scope);
  for await (const unit of allRows((page) => deps.store.units.list(page))) {
    if (!covered.has(unit.id)) return false;
  }
  return true;
}
