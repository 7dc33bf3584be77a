import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CasesDeps } from '../deps.ts';
import { inScope } from '../in-scope.ts';
import { findIncident } from '../incidents/incidents.ts';
import { assessTip, createTip, findTip } from './tips.ts';

/** Taking down tips and saying what came of them. */
export function tipRoutes(app: FastifyInstance, deps: CasesDeps): void {
  const create = createTip(deps);
  const find = findTip(deps);
  const assess = assessTip(deps);
  const incidentOf = findIncident(deps);

  /** A tip is tied only to an incident of a unit the actor takes down tips for; the refusal is audited. */
  async function authorizeIncident(request: FastifyRequest, incident_id: string | null | undefined) {
    if (incident_id === null || incident_id === undefined) return;
    const { unit_id } = await incidentOf(incident_id);
    const target = { unit_id, subject_kind: 'incident', subject_id: incident_id };
    await deps.authorize(request, 'tip.create', target);
  }

  registerRoute(app, contract.createTip, async ({ body, request }) => {
    const target = { unit_id: body.unit_id, subject_kind: 'tip' };
    const actor = await deps.authorize(request, 'tip.create', target);
    await authorizeIncident(request, body.incident_id);
    return create(actor, { ...body, incident_id: body.incident_id ?? null, of_value: body.of_value ?? null });
  });

  registerRoute(app, contract.listTips, async ({ query, request }) => {
    const unit_ids = inScope(await deps.unitScope(request, 'incident.read'), query.unit_id);
    const filter = {
      unit_ids,
      ...(query.incident_id === undefined ? {} : { incident_id: query.incident_id }),
    };
    return pageAnswer(await deps.store.tips.list(filter, pageRequest(query)), (tip) => tip);
  });

  registerRoute(app, contract.assessTip, async ({ params, body, request }) => {
    const tip = await find(params.tip_id);
    const target = { unit_id: tip.unit_id, subject_kind: 'tip', subject_id: tip.id };
    const actor = await deps.authorize(request, 'tip.create', target);
    await authorizeIncident(request, body.incident_id);
    return assess(actor, tip, body);
  });
}
