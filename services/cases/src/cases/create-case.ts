import { type Actor, type Case, CodedError, isCoded, vietnamDay } from '@minhchung/domain';
import { demandUnitInForce, type Repositories } from '@minhchung/store';
import { act } from '../act.ts';
import type { ActDeps } from '../deps.ts';

/** A case as it is opened. `number` null: a provisional one is made. */
export interface NewCase {
  readonly unit_id: string;
  readonly number: string | null;
  readonly title: string;
  readonly incident_ids: readonly string[];
}

/**
 * Opens a case. Throws `CASE_NUMBER_EXISTS`, `UNKNOWN_INCIDENT`, `INCIDENT_OF_OTHER_UNIT`, `TEXT_MISSING` for a
 * number of nothing but spaces, `UNIT_NO_LONGER`.
 */
export function createCase(deps: ActDeps) {
  return async (actor: Actor, input: NewCase): Promise<Case> => {
    const now_ms = deps.time.now_ms();
    const id = deps.newId();
    const record: Case = {
      id,
      unit_id: input.unit_id,
      number: input.number === null ? provisionalNumber(id, now_ms) : officialNumber(input.number),
      is_provisional: input.number === null,
      title: input.title.normalize('NFC'),
      incident_ids: [...new Set(input.incident_ids)],
      opened_at_ms: now_ms,
      closed_at_ms: null,
    };
    try {
      await deps.store.transaction(async (tx) => {
        await demandUnitInForce(tx, record.unit_id, now_ms);
        for (const incident_id of record.incident_ids)
          await demandOwnIncident(tx, incident_id, record.unit_id);
        await tx.cases.create(record);
        const subject = { kind: 'case', id, unit_id: record.unit_id } as const;
        const details = { number: record.number, is_provisional: record.is_provisional };
        await tx.audit.append(act('case.create', now_ms, actor, subject, details));
      });
    } catch (error) {
      if (!isCoded(error, 'ALREADY_EXISTS')) throw error;
      throw new CodedError('CASE_NUMBER_EXISTS', { number: record.number }, { cause: error });
    }
    return record;
  };
}

/** The incident exists and belongs to the unit. Throws `UNKNOWN_INCIDENT`, `INCIDENT_OF_OTHER_UNIT`. */
export async function demandOwnIncident(
  tx: Repositories,
  incident_id: string,
  unit_id: string,
): Promise<void> {
  const incident = await tx.incidents.byId(incident_id);
  if (incident === null) throw new CodedError('UNKNOWN_INCIDENT', { incident: incident_id });
  if (incident.unit_id !== unit_id) throw new CodedError('INCIDENT_OF_OTHER_UNIT', { incident: incident_id });
}

/** A number as copied from paper: NFC, one space between words. Throws `TEXT_MISSING`. */
export function officialNumber(text: string): string {
  const number = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (number === '') throw new CodedError('TEXT_MISSING', { field: 'number' });
  return number;
}

/** `TẠM-2026-11-22-9F3KQZ`: tells at a glance that it is no number of a register. */
function provisionalNumber(id: string, now_ms: number): string {
  return `TẠM-${vietnamDay(now_ms)}-${id.slice(-6)}`;
}
