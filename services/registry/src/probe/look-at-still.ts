import {
  type Actor,
  type Camera,
  CodedError,
  type DeviceAddress,
  type DeviceClient,
  isAgreedNow,
  profileOfCamera,
} from '@minhchung/domain';
import type { ProbeStill, Repositories } from '@minhchung/store';
import type { RegistryDeps } from '../deps.ts';
import { STILL_WINDOW_MS } from '../limits.ts';
import type { ProbeTools } from './deps.ts';

type StillDeps = Pick<RegistryDeps, 'store' | 'time' | 'settings'> & { readonly tools: ProbeTools };

/**
 * One look at one camera. The look is counted and written down for the owner before the device is asked: a picture
 * that failed to come was looked for all the same. Throws `CAMERA_RETIRED`, `STILL_NOT_ALLOWED`, `STILL_CODE_WRONG`, `STILL_LIMIT`,
 * `STILL_UNUSABLE`, and what the device client throws.
 */
export function lookAtStill(deps: StillDeps) {
  const { tools, store } = deps;
  return async (
    actor: Actor,
    camera: Camera,
    address: DeviceAddress,
    owner_code: string | null,
    signal: AbortSignal,
  ): Promise<Uint8Array> => {
    if (camera.retired_at_ms !== null) throw new CodedError('CAMERA_RETIRED', { camera: camera.code });
    const allowed_by = await allowedBy(deps, camera, owner_code);
    await store.transaction((tx) => writeDown(deps, tx, actor, camera, allowed_by));
    const device = tools.openDevice(address);
    try {
      const uri = await device.snapshotUri(await profileOf(device, camera, signal), signal);
      return await tools.encodeStill(await tools.fetchStill(uri, address, signal));
    } finally {
      await device.close();
    }
  };
}

/** By whose word a camera may be looked at. Uses up the owner's code, for good. */
async function allowedBy(
  { store, time }: StillDeps,
  camera: Camera,
  owner_code: string | null,
): Promise<ProbeStill['allowed_by']> {
  if (camera.kind === 'community') return 'community';
  const now_ms = time.now_ms();
  if (isAgreedNow(await store.agreements.ofCamera(camera.id), now_ms)) return 'agreement';
  if (owner_code === null) throw new CodedError('STILL_NOT_ALLOWED', { camera: camera.code });
  if (await store.probeStills.useCode(camera.id, owner_code, now_ms)) return 'owner_code';
  throw new CodedError('STILL_CODE_WRONG', { camera: camera.code });
}

async function writeDown(
  { time, settings }: StillDeps,
  tx: Repositories,
  actor: Actor,
  camera: Camera,
  allowed_by: ProbeStill['allowed_by'],
): Promise<void> {
  const at_ms = time.now_ms();
  const { account_id, person_id } = actor;
  const { stills_per_account_max, stills_per_camera_max } = settings.devices;
  // Held until the end: of two looks at once, the second counts the first.
  await tx.cameras.lock(camera.id);
  const since_ms = at_ms - STILL_WINDOW_MS;
  const counted = [
    [await tx.probeStills.countSince({ account_id }, since_ms), stills_per_account_max],
    [await tx.probeStills.countSince({ camera_id: camera.id }, since_ms), stills_per_camera_max],
  ] as const;
  for (const [count, max] of counted) if (count >= max) throw new CodedError('STILL_LIMIT', { max });
  await tx.probeStills.add({ at_ms, account_id, person_id, camera_id: camera.id, allowed_by });
  await tx.audit.append({
    ...{ at_ms, act: 'camera.look_at_still', account_id, person_id, unit_id: camera.unit_id },
    ...{ subject_kind: 'camera', subject_id: camera.id, outcome: 'ok' },
    details: { code: camera.code, allowed_by },
  });
}

async function profileOf(device: DeviceClient, camera: Camera, signal: AbortSignal): Promise<string> {
  const profiles = await device.profiles(signal);
  const profile = profileOfCamera(camera, profiles);
  if (profile !== undefined) return profile.profile_token;
  const reason = {
    reason_vi: 'nó không có kênh này, hoặc có nhiều kênh mà camera chưa ghi kênh nào',
    reason: 'it has no such channel, or several while the camera names none',
  };
  throw new CodedError('STILL_UNUSABLE', reason);
}
