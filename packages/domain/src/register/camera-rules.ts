import { CodedError } from '../errors.ts';
import type { Camera, CameraKind } from '../vocabulary/network.ts';

/** Rules of the register that hold however a camera is entered: by a file, by hand, by its owner. */

/**
 * Why the registered camera cannot become of this kind, or null. A community camera needs nobody's agreement, so one
 * changed word would silence its owner.
 */
export function kindRefusal(before: Pick<Camera, 'code' | 'kind'>, kind: CameraKind): CodedError | null {
  return before.kind === 'household' && kind === 'community'
    ? new CodedError('CAMERA_KIND_FIXED', { camera: before.code })
    : null;
}

/**
 * Why a camera cannot be on this channel of the recorder, or null. `others`: cameras in use at the recorder; the
 * camera itself may be among them. `RECORDER_OF_HOUSEHOLD`: a community camera behind a household's recorder would
 * be its footage under another name. `SOURCE_TAKEN`: two cameras on one channel would make footage ambiguous.
 */
export function channelRefusal(
  camera: Pick<Camera, 'code' | 'kind' | 'source_token'>,
  recorder_code: string,
  others: readonly Camera[],
): CodedError | null {
  const [first] = others;
  const is_of_household = first !== undefined && others.every(({ kind }) => kind === 'household');
  if (camera.kind === 'community' && is_of_household) {
    return new CodedError('RECORDER_OF_HOUSEHOLD', { recorder: recorder_code, camera: first.code });
  }
  const taken = others.find(
    ({ code, source_token }) => code !== camera.code && source_token === camera.source_token,
  );
  if (taken === undefined) return null;
  return new CodedError('SOURCE_TAKEN', { recorder: recorder_code, camera: taken.code });
}

/** What a household holds of a device, also after its camera went elsewhere or out of use. */
export interface HouseholdClaim {
  readonly camera_id: string;
  readonly camera_code: string;
  /** Null: the device has one channel. */
  readonly source_token: string | null;
}

/**
 * Why a community camera cannot look out of a device that households hold, or null: retiring a household's camera, or
 * moving it elsewhere on paper, must not make its device the ward's. Behind a device the ward shares with the household
 * (`others`: the cameras in use there) its own channels stay open.
 */
export function claimRefusal(
  camera: Pick<Camera, 'id' | 'code' | 'kind' | 'source_token'>,
  recorder_code: string,
  others: readonly Pick<Camera, 'id' | 'kind'>[],
  claims: readonly HouseholdClaim[],
): CodedError | null {
  if (camera.kind === 'household') return null;
  const is_shared = others.some(({ id, kind }) => id !== camera.id && kind === 'community');
  const claim = claims.find(
    ({ camera_id, source_token }) =>
      camera_id !== camera.id &&
      (!is_shared ||
        source_token === null ||
        camera.source_token === null ||
        source_token === camera.source_token),
  );
  if (claim === undefined) return null;
  const details = { recorder: recorder_code, camera: camera.code, other: claim.camera_code };
  return new CodedError('DEVICE_OF_HOUSEHOLD', details);
}

/** One recorder with the cameras in use behind it. */
export interface HeldDevice {
  readonly recorder_code: string;
  readonly cameras: readonly Pick<Camera, 'code' | 'kind' | 'owner_id'>[];
}

/**
 * Why `wanted` cannot be registered at an address that `held` has already, or null. A household's device under a
 * second name would be reached on somebody else's word, or on nobody's. A ward's own device may stand in the register
 * twice, and so may a household's under its one owner: nothing is passed over by that.
 */
export function deviceRefusal(wanted: HeldDevice, held: HeldDevice): CodedError | null {
  const together = [...wanted.cameras, ...held.cameras];
  if (held.cameras.length === 0 || together.every(({ kind }) => kind === 'community')) return null;
  const [first] = held.cameras;
  const is_one_household = together.every(
    ({ kind, owner_id }) => kind === 'household' && owner_id !== null && owner_id === first!.owner_id,
  );
  if (is_one_household) return null;
  const camera = held.cameras.find(({ kind }) => kind === 'household') ?? first!;
  const details = { recorder: wanted.recorder_code, other: held.recorder_code, camera: camera.code };
  return new CodedError('DEVICE_REGISTERED', details);
}
