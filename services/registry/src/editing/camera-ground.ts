import {
  type Camera,
  CodedError,
  channelRefusal,
  claimRefusal,
  deviceRefusal,
  type Recorder,
} from '@minhchung/domain';
import { demandUnitInForce, type Repositories } from '@minhchung/store';
import { mayKeepAccount } from '../owners-word.ts';

/** Throws where a camera cannot be placed: unknown unit or site, a unit that has ended (`UNIT_NO_LONGER`). */
export async function checkPlace(tx: Repositories, camera: Camera, at_ms: number): Promise<void> {
  await checkUnit(tx, camera.unit_id, at_ms);
  if (camera.site_id === null || (await tx.sites.byId(camera.site_id)) !== null) return;
  throw new CodedError('UNKNOWN_SITE', { site: camera.site_id });
}

/** Throws `UNKNOWN_UNIT`, `UNIT_NO_LONGER`. */
export async function checkUnit(tx: Repositories, unit_id: string, at_ms: number): Promise<void> {
  if ((await tx.units.byId(unit_id)) === null) throw new CodedError('UNKNOWN_UNIT', { unit: unit_id });
  await demandUnitInForce(tx, unit_id, at_ms);
}

/** The owner of this id. Throws `NOT_FOUND`. */
export async function checkOwnerExists(tx: Repositories, owner_id: string | null): Promise<void> {
  if (owner_id === null || (await tx.owners.byId(owner_id)) !== null) return;
  throw new CodedError('NOT_FOUND', { what: 'owner', id: owner_id });
}

/**
 * Throws where the camera cannot be behind this recorder: channel taken, a household's recorder or device, no
 * address to reach it by, no owner's word to reach it on. Holds the recorder until the transaction ends.
 */
export async function checkRecorder(tx: Repositories, camera: Camera): Promise<void> {
  const recorder = await tx.recorders.lock(camera.recorder_id);
  if (recorder === null) throw new CodedError('NOT_FOUND', { what: 'recorder', id: camera.recorder_id });
  const others = await tx.cameras.ofRecorder(recorder.id);
  const refusal = channelRefusal(camera, recorder.code, others);
  if (refusal !== null) throw refusal;
  await checkReach(tx, camera, recorder);
  const together = [...others.filter(({ id }) => id !== camera.id), camera];
  await checkDevice(tx, recorder, together);
}

async function checkReach(tx: Repositories, camera: Camera, recorder: Recorder): Promise<void> {
  if (camera.reach === 'owner_only') return;
  if (recorder.kind !== 'folder' && recorder.device_url === null) {
    throw new CodedError('CAMERA_WITHOUT_ADDRESS', { camera: camera.code, recorder: recorder.code });
  }
  if (camera.kind === 'community') return;
  const [newest] = await tx.agreements.ofCamera(camera.id);
  if (newest?.withdrawn_at_ms == null) return;
  throw new CodedError('CAMERA_WITHOUT_AGREEMENT', { camera: camera.code });
}

/**
 * Throws `DEVICE_REGISTERED` where the recorder's device stands in the register under another household's name,
 * `DEVICE_OF_HOUSEHOLD` where it did and nobody released it.
 */
export async function checkDevice(
  tx: Repositories,
  recorder: Recorder,
  cameras: readonly Camera[],
): Promise<void> {
  if (recorder.device_url === null) return;
  for (const other of await tx.recorders.atDevice(recorder.network_id, recorder.device_url)) {
    if (other.id === recorder.id) continue;
    const held = { recorder_code: other.code, cameras: await tx.cameras.ofRecorder(other.id) };
    const refusal = deviceRefusal({ recorder_code: recorder.code, cameras }, held);
    if (refusal !== null) throw refusal;
  }
  const claims = await tx.householdDevices.claims(recorder.network_id, recorder.device_url);
  for (const camera of cameras) {
    const refusal = claimRefusal(camera, recorder.code, cameras, claims);
    if (refusal !== null) throw refusal;
  }
}

/** Destroys a recorder's account that no camera in use is a ground for any more. True when there was one. */
export async function destroyGroundless(
  tx: Repositories,
  recorder_id: string,
  at_ms: number,
): Promise<boolean> {
  const cameras = await tx.cameras.ofRecorder(recorder_id);
  if (await mayKeepAccount(tx, cameras, at_ms)) return false;
  return tx.credentials.destroy(recorder_id);
}
