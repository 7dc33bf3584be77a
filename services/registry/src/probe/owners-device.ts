import { type Camera, CodedError, type Recorder } from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';

/**
 * Refuses to reach a recorder with the account kept for it where every camera behind it is a household's and is
 * withdrawn, or reached by its owner only. Throws `PROBE_OWNERS_DEVICE`. A recorder without cameras is just being
 * registered.
 */
export async function checkMayReach(
  repositories: Pick<Repositories, 'cameras' | 'agreements'>,
  recorder: Recorder,
  now_ms: number,
): Promise<void> {
  const cameras = await repositories.cameras.ofRecorder(recorder.id);
  if (cameras.length === 0) return;
  for (const camera of cameras) if (!(await isClosed(repositories, camera, now_ms))) return;
  throw new CodedError('PROBE_OWNERS_DEVICE', { recorder: recorder.code });
}

async function isClosed(
  { agreements }: Pick<Repositories, 'agreements'>,
  camera: Camera,
  now_ms: number,
): Promise<boolean> {
  if (camera.kind !== 'household') return false;
  if (camera.reach === 'owner_only') return true;
  const [newest] = await agreements.ofCamera(camera.id);
  if (newest === undefined || newest.withdrawn_at_ms === null) return false;
  return (await agreements.validAt([camera.id], now_ms)).length === 0;
}
