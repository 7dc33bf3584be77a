import { type Actor, type Agreement, type Camera, CodedError } from '@minhchung/domain';
import type { RegistryDeps } from './deps.ts';

/**
 * Records an owner's withdrawal: the agreement ends and the credentials of the device are destroyed, in one
 * transaction. Throws `AGREEMENT_MISSING` when there is nothing to withdraw, `AGREEMENT_WITHDRAWN` the second time.
 */
export function withdrawAgreement(deps: Pick<RegistryDeps, 'store' | 'time'>) {
  return async (
    actor: Actor,
    camera: Camera,
    reason: string,
  ): Promise<{ readonly agreement: Agreement; readonly credentials_destroyed: boolean }> =>
    deps.store.transaction(async (tx) => {
      const [newest] = await tx.agreements.ofCamera(camera.id);
      if (newest === undefined) throw new CodedError('AGREEMENT_MISSING');
      const at_ms = deps.time.now_ms();
      const { withdrawn, credentials_destroyed } = await tx.agreements.withdraw(newest.id, at_ms);
      if (!withdrawn) throw new CodedError('AGREEMENT_WITHDRAWN');
      await tx.audit.append({
        at_ms,
        act: 'agreement.withdraw',
        account_id: actor.account_id,
        person_id: actor.person_id,
        unit_id: camera.unit_id,
        subject_kind: 'agreement',
        subject_id: newest.id,
        outcome: 'ok',
        details: { camera: camera.code, reason, credentials_destroyed },
      });
      return { agreement: { ...newest, withdrawn_at_ms: at_ms }, credentials_destroyed };
    });
}
