import {
  type Actor,
  CodedError,
  type Incident,
  problemsOfSpan,
  rfc3339Vietnam,
  type Span,
} from '@minhchung/domain';
import { demandUnitInForce } from '@minhchung/store';
import { act } from '../act.ts';
import type { ActDeps } from '../deps.ts';

/** An incident as it is filed. */
export type NewIncident = Pick<Incident, 'unit_id' | 'category' | 'summary' | 'position' | 'span'>;

/**
 * Throws what is wrong with the span of an incident. Only footage is limited in length: that a shop was robbed
 * some time between closing and opening is a good incident.
 */
export function demandIncidentSpan(span: Span, now_ms: number): void {
  const problem = problemsOfSpan(span, now_ms).find(({ code }) => code !== 'SPAN_TOO_LONG');
  if (problem !== undefined) throw problem;
}

/** Files an incident. Throws what is wrong with its span, `UNIT_NO_LONGER`. */
export function createIncident(deps: ActDeps) {
  return async (actor: Actor, input: NewIncident): Promise<Incident> => {
    const now_ms = deps.time.now_ms();
    demandIncidentSpan(input.span, now_ms);
    const incident: Incident = {
      id: deps.newId(),
      unit_id: input.unit_id,
      category: input.category.normalize('NFC'),
      summary: input.summary.normalize('NFC'),
      position: input.position,
      span: input.span,
      created_at_ms: now_ms,
      clarified_at_ms: null,
    };
    await deps.store.transaction(async (tx) => {
      await demandUnitInForce(tx, incident.unit_id, now_ms);
      await tx.incidents.create(incident);
      const subject = { kind: 'incident', id: incident.id, unit_id: incident.unit_id } as const;
      await tx.audit.append(act('incident.create', now_ms, actor, subject, { category: incident.category }));
    });
    return incident;
  };
}

/** The incident of this id. Throws `UNKNOWN_INCIDENT`. */
export function findIncident(deps: Pick<ActDeps, 'store'>) {
  return async (incident_id: string): Promise<Incident> => {
    const incident = await deps.store.incidents.byId(incident_id);
    if (incident === null) throw new CodedError('UNKNOWN_INCIDENT', { incident: incident_id });
    return incident;
  };
}

/**
 * Records that an incident was clarified, now or at an earlier time. Throws `INCIDENT_CLARIFIED` the second time,
 * `TIME_INVALID` for a time to come, `CLARIFIED_BEFORE_START` for one before the incident.
 */
export function clarifyIncident(deps: ActDeps) {
  return async (actor: Actor, incident: Incident, at_ms?: number): Promise<Incident> => {
    const now_ms = deps.time.now_ms();
    const clarified_at_ms = at_ms ?? now_ms;
    if (clarified_at_ms > now_ms) {
      throw new CodedError('TIME_INVALID', { text: String(clarified_at_ms), expected: `<= ${now_ms}` });
    }
    if (clarified_at_ms < incident.span.start_ms) {
      const start = rfc3339Vietnam(incident.span.start_ms);
      throw new CodedError('CLARIFIED_BEFORE_START', { incident: incident.id, start });
    }
    return deps.store.transaction(async (tx) => {
      if (!(await tx.incidents.clarify(incident.id, clarified_at_ms))) {
        throw new CodedError('INCIDENT_CLARIFIED', { incident: incident.id });
      }
      const subject = { kind: 'incident', id: incident.id, unit_id: incident.unit_id } as const;
      await tx.audit.append(act('incident.clarify', now_ms, actor, subject, { clarified_at_ms }));
      return { ...incident, clarified_at_ms };
    });
  };
}
