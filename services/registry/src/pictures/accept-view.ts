import type { Actor, Camera } from '@minhchung/domain';
import type { RegistryDeps } from '../deps.ts';

/**
 * From now on the camera is held against what it shows now. A technician says so after turning or replacing it; what
 * was found moved is settled thereby, what sees nothing is not.
 */
export function acceptView({ store, time }: Pick<RegistryDeps, 'store' | 'time'>) {
  return async ({ account_id, person_id }: Actor, camera: Camera, reason: string): Promise<void> => {
    const at_ms = time.now_ms();
    await store.transaction(async (tx) => {
      await tx.pictures.acceptView(camera.id, at_ms);
      const moved = { kind: 'picture_moved', subject_kind: 'camera', subject_id: camera.id } as const;
      await tx.findings.close(moved, at_ms, person_id);
      await tx.audit.append({
        ...{ at_ms, act: 'camera.accept_view', account_id, person_id, unit_id: camera.unit_id },
        ...{ subject_kind: 'camera', subject_id: camera.id, outcome: 'ok', details: { reason } },
      });
    });
  };
}
