import { type Actor, CodedError, type Tip } from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';
import { act } from '../act.ts';
import type { ActDeps } from '../deps.ts';

/** A tip as it is taken down. */
export type NewTip = Omit<Tip, 'id'>;

/** Takes down a tip. Throws `UNKNOWN_INCIDENT`. */
export function createTip(deps: ActDeps) {
  return async (actor: Actor, input: NewTip): Promise<Tip> => {
    const tip: Tip = { ...input, id: deps.newId(), summary: input.summary.normalize('NFC') };
    await deps.store.transaction(async (tx) => {
      await demandIncident(tx, tip.incident_id);
      await tx.tips.create(tip);
      const subject = { kind: 'tip', id: tip.id, unit_id: tip.unit_id } as const;
      await tx.audit.append(act('tip.create', deps.time.now_ms(), actor, subject, { channel: tip.channel }));
    });
    return tip;
  };
}

/** The tip of this id. Throws `UNKNOWN_TIP`. */
export function findTip(deps: Pick<ActDeps, 'store'>) {
  return async (tip_id: string): Promise<Tip> => {
    const tip = await deps.store.tips.byId(tip_id);
    if (tip === null) throw new CodedError('UNKNOWN_TIP', { tip: tip_id });
    return tip;
  };
}

/** Says what came of a tip; what is left out stays as it is. Throws `UNKNOWN_INCIDENT`. */
export function assessTip(deps: ActDeps) {
  return async (
    actor: Actor,
    tip: Tip,
    change: { readonly incident_id?: string | null | undefined; readonly of_value?: boolean | undefined },
  ): Promise<Tip> =>
    deps.store.transaction(async (tx) => {
      const { incident_id, of_value } = change;
      if (incident_id !== undefined) {
        await demandIncident(tx, incident_id);
        await tx.tips.setIncident(tip.id, incident_id);
      }
      if (of_value !== undefined) await tx.tips.setValue(tip.id, of_value);
      const assessed: Tip = {
        ...tip,
        incident_id: incident_id === undefined ? tip.incident_id : incident_id,
        of_value: of_value ?? tip.of_value,
      };
      const details = { incident_id: assessed.incident_id, of_value: assessed.of_value };
      const subject = { kind: 'tip', id: tip.id, unit_id: tip.unit_id } as const;
      await tx.audit.append(act('tip.assess', deps.time.now_ms(), actor, subject, details));
      return assessed;
    });
}

async function demandIncident(tx: Repositories, incident_id: string | null): Promise<void> {
  if (incident_id === null || (await tx.incidents.byId(incident_id)) !== null) return;
  throw new CodedError('UNKNOWN_INCIDENT', { incident: incident_id });
}
