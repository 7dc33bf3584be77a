import { type Actor, CodedError, type Recorder } from '@minhchung/domain';
import type { DeviceCredentials } from '@minhchung/store';
import type { RegistryDeps } from './deps.ts';
import { mayKeepAccount } from './owners-word.ts';

/**
 * Seals and stores the account used at a recorder. What was there before is gone. Throws
 * `CREDENTIALS_WITHOUT_AGREEMENT` where no owner's word allows it.
 */
export function setCredentials(deps: Pick<RegistryDeps, 'store' | 'time' | 'secrets'>) {
  return async (actor: Actor, recorder: Recorder, credentials: DeviceCredentials): Promise<void> =>
    deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      const cameras = await tx.cameras.ofRecorder(recorder.id);
      if (!(await mayKeepAccount(tx, cameras, at_ms))) {
        throw new CodedError('CREDENTIALS_WITHOUT_AGREEMENT', { recorder: recorder.code });
      }
      await tx.credentials.set(recorder.id, credentials, deps.secrets, at_ms);
      await tx.audit.append({
        at_ms,
        act: 'recorder.set_credentials',
        account_id: actor.account_id,
        person_id: actor.person_id,
        unit_id: recorder.unit_id,
        subject_kind: 'recorder',
        subject_id: recorder.id,
        outcome: 'ok',
        details: { code: recorder.code },
      });
    });
}
