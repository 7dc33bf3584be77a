import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import { CodedError, type Position, type Span } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import type { CasesDeps } from '../deps.ts';
import { findIncident } from '../incidents/incidents.ts';
import { FINDING_RADIUS_DEFAULT_M, PLACE_RADIUS_DEFAULT_M } from '../limits.ts';
import { findCameras } from './find-cameras.ts';

/** Finding the cameras that could have seen something, in any ward. */
export function findingRoutes(app: FastifyInstance, deps: CasesDeps): void {
  const find = findCameras(deps);
  const incidentOf = findIncident(deps);

  registerRoute(app, contract.findCameras, async ({ body, request }) => {
    const actor = await deps.authorize(request, 'camera.search', { unit_id: null, subject_kind: 'search' });
    const incident = body.incident_id === undefined ? null : await incidentOf(body.incident_id);
    if (incident !== null) {
      const target = { unit_id: incident.unit_id, subject_kind: 'incident', subject_id: incident.id };
      await deps.authorize(request, 'incident.read', target);
    }
    const place = {
      position: given<Position>(body.position ?? incident?.position),
      span: given<Span>(body.span ?? incident?.span),
      radius_m: body.place_radius_m ?? PLACE_RADIUS_DEFAULT_M,
    };
    const radius_m = body.radius_m ?? FINDING_RADIUS_DEFAULT_M;
    return { cameras: await find(actor, { place, radius_m, incident_id: incident?.id ?? null }) };
  });
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new CodedError('POSITION_MISSING');
  return value;
}
