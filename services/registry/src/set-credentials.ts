import { type Actor, CodedError, type Recorder } from '@minhchung/domain';
import type { DeviceCredentials } from '@minhchung/store';
import type { RegistryDeps } from './deps.ts';
import { type Change, recordChanges } from './editing/record-changes.ts';
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
      await recordChanges({ tx, actor, at_ms }, [accountSet(recorder)]);
    });
}

/** A change without values: what an account is stands in no history. */
export function accountSet({ id, code, unit_id }: Recorder): Change {
  const subject = { subject_kind: 'recorder', subject_id: id, unit_id } as const;
  return { act: 'recorder.set_credentials', ...subject, before: {}, after: {}, details: { code } };
}
