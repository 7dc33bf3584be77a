import { type Actor, type Agreement, type Camera, CodedError } from '@minhchung/domain';
import { cancelItems, holdOpenRequests } from './cancel-items.ts';
import type { RegistryDeps } from './deps.ts';

/**
 * Records an owner's withdrawal: every agreement for the camera ends (what is registered anew is added beside what
 * was there), the credentials of the device are destroyed, and what was asked for on the owner's word and has no
 * outcome yet is cancelled, in one transaction. Throws `AGREEMENT_MISSING` when there is nothing to withdraw,
 * `AGREEMENT_WITHDRAWN` the second time.
 */
export function withdrawAgreement(deps: Pick<RegistryDeps, 'store' | 'time'>) {
  return async (
    actor: Actor,
    camera: Camera,
    reason: string,
  ): Promise<{ readonly agreement: Agreement; readonly credentials_destroyed: boolean }> =>
    deps.store.transaction(async (tx) => {
      const open = await holdOpenRequests(tx, camera);
      const agreements = await tx.agreements.ofCamera(camera.id);
      const [newest] = agreements;
      if (newest === undefined) throw new CodedError('AGREEMENT_MISSING');
      const at_ms = deps.time.now_ms();
      const withdrawn: string[] = [];
      let credentials_destroyed = false;
      for (const { id } of agreements) {
        const result = await tx.agreements.withdraw(id, at_ms);
        if (result.withdrawn) withdrawn.push(id);
        credentials_destroyed ||= result.credentials_destroyed;
      }
      if (withdrawn.length === 0) throw new CodedError('AGREEMENT_WITHDRAWN');
      const events = await cancelItems(tx, actor, camera, open, at_ms);
      await tx.audit.append({
        at_ms,
        act: 'agreement.withdraw',
        account_id: actor.account_id,
        person_id: actor.person_id,
        unit_id: camera.unit_id,
        subject_kind: 'agreement',
        subject_id: newest.id,
        outcome: 'ok',
        details: { camera: camera.code, reason, credentials_destroyed, agreement_ids: withdrawn },
      });
      for (const event of events) await tx.audit.append(event);
      return {
        agreement: { ...newest, withdrawn_at_ms: newest.withdrawn_at_ms ?? at_ms },
        credentials_destroyed,
      };
    });
}
