import { type Actor, type Case, CodedError, isCoded } from '@minhchung/domain';
import { act } from '../act.ts';
import type { ActDeps } from '../deps.ts';
import { demandOwnIncident, officialNumber } from './create-case.ts';

/** The case of this id. Throws `UNKNOWN_CASE`. */
export function findCase(deps: Pick<ActDeps, 'store'>) {
  return async (case_id: string): Promise<Case> => {
    const record = await deps.store.cases.byId(case_id);
    if (record === null) throw new CodedError('UNKNOWN_CASE', { case: case_id });
    return record;
  };
}

/** Puts an incident into a case; once more changes nothing. Throws `UNKNOWN_INCIDENT`, `INCIDENT_OF_OTHER_UNIT`. */
export function linkIncident(deps: ActDeps) {
  return async (actor: Actor, record: Case, incident_id: string): Promise<Case> => {
    if (record.incident_ids.includes(incident_id)) return record;
    return deps.store.transaction(async (tx) => {
      await demandOwnIncident(tx, incident_id, record.unit_id);
      await tx.cases.linkIncident(record.id, incident_id);
      await tx.audit.append(
        act('case.link_incident', deps.time.now_ms(), actor, subjectOf(record), { incident_id }),
      );
      return { ...record, incident_ids: [...record.incident_ids, incident_id] };
    });
  };
}

/** Ties a provisional case to its official number. Throws `CASE_NOT_PROVISIONAL`, `CASE_NUMBER_EXISTS`. */
export function setOfficialNumber(deps: ActDeps) {
  return async (actor: Actor, record: Case, text: string): Promise<Case> => {
    const number = officialNumber(text);
    if (!record.is_provisional) throw new CodedError('CASE_NOT_PROVISIONAL', { case: record.number });
    try {
      return await deps.store.transaction(async (tx) => {
        const done = await tx.cases.setOfficialNumber(record.id, number);
        if (!done) throw new CodedError('CASE_NOT_PROVISIONAL', { case: record.number });
        const details = { number, provisional_number: record.number };
        await tx.audit.append(act('case.set_number', deps.time.now_ms(), actor, subjectOf(record), details));
        return { ...record, number, is_provisional: false };
      });
    } catch (error) {
      if (!isCoded(error, 'ALREADY_EXISTS')) throw error;
      throw new CodedError('CASE_NUMBER_EXISTS', { number }, { cause: error });
    }
  };
}

/** Closes a case. Throws `CASE_CLOSED` the second time. */
export function closeCase(deps: ActDeps) {
  return async (actor: Actor, record: Case): Promise<Case> =>
    deps.store.transaction(async (tx) => {
      const closed_at_ms = deps.time.now_ms();
      if (!(await tx.cases.close(record.id, closed_at_ms))) {
        throw new CodedError('CASE_CLOSED', { case: record.number });
      }
      await tx.audit.append(act('case.close', closed_at_ms, actor, subjectOf(record)));
      return { ...record, closed_at_ms };
    });
}

function subjectOf(record: Case) {
  return { kind: 'case', id: record.id, unit_id: record.unit_id } as const;
}
