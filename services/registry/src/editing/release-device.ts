import { type Actor, CodedError, type Recorder } from '@minhchung/domain';
import type { RegistryDeps } from '../deps.ts';
import { recordAudit } from './record-changes.ts';

/**
 * Lets go of what households held of the device at a recorder's address, for cameras that are retired or elsewhere now:
 * the ward took the device over, or another one answers there. An administrator says so, who registers nothing under any
 * account. Throws `NOTHING_TO_RELEASE`, `RELEASE_BY_TECHNICIAN`.
 */
export function releaseDevice(deps: Pick<RegistryDeps, 'store' | 'time'>) {
  return (actor: Actor, { id, code, unit_id, network_id, device_url }: Recorder, reason: string) =>
    deps.store.transaction(async (tx) => {
      const roles = await tx.people.rolesOfPerson(actor.person_id);
      if (roles.includes('technician')) throw new CodedError('RELEASE_BY_TECHNICIAN');
      const at_ms = deps.time.now_ms();
      const by = { at_ms, person_id: actor.person_id };
      const cameras =
        device_url === null ? [] : await tx.householdDevices.release(network_id, device_url, by);
      if (cameras.length === 0) throw new CodedError('NOTHING_TO_RELEASE', { recorder: code });
      await recordAudit(
        { tx, actor, at_ms },
        {
          ...{ act: 'recorder.release_device', subject_kind: 'recorder', subject_id: id, unit_id },
          details: { code, cameras, reason: reason.normalize('NFC') },
        },
      );
      return { cameras };
    });
}
