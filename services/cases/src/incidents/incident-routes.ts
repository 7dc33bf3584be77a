import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import type { Incident } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import type { CasesDeps } from '../deps.ts';
import { inScope } from '../in-scope.ts';
import { clarifyIncident, createIncident, findIncident } from './incidents.ts';

/** Filing, reading and clarifying incidents. */
export function incidentRoutes(app: FastifyInstance, deps: CasesDeps): void {
  const create = createIncident(deps);
  const find = findIncident(deps);
  const clarify = clarifyIncident(deps);

  registerRoute(app, contract.createIncident, async ({ body, request }) => {
    const target = { unit_id: body.unit_id, subject_kind: 'incident' };
    return create(await deps.authorize(request, 'incident.create', target), body);
  });

  registerRoute(app, contract.listIncidents, async ({ query, request }) => {
    const { unit_id, category, text } = query;
    const filter = {
      unit_ids: inScope(await deps.unitScope(request, 'incident.read'), unit_id),
      ...(category === undefined ? {} : { category }),
      ...(text === undefined ? {} : { text }),
    };
    return pageAnswer(await deps.store.incidents.list(filter, pageRequest(query)), (incident) => incident);
  });

  registerRoute(app, contract.readIncident, async ({ params, request }) => {
    const incident = await find(params.incident_id);
    await deps.authorize(request, 'incident.read', targetOf(incident));
    return incident;
  });

  registerRoute(app, contract.clarifyIncident, async ({ params, body, request }) => {
    const incident = await find(params.incident_id);
    const actor = await deps.authorize(request, 'incident.clarify', targetOf(incident));
    return clarify(actor, incident, body.clarified_at_ms);
  });
}

function targetOf(incident: Incident) {
  return { unit_id: incident.unit_id, subject_kind: 'incident', subject_id: incident.id };
}
