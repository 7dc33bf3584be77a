import type { Action, Actor, Camera, Recorder } from '@minhchung/domain';
import { CodedError } from '@minhchung/domain';
import type { ChangeSubject } from '@minhchung/store';
import type { FastifyRequest } from 'fastify';
import type { RegistryDeps } from '../../deps.ts';

/** The record, or `NOT_FOUND`. */
export function known<T>(record: T | null, what: ChangeSubject, id: string): T {
  if (record === null) throw new CodedError('NOT_FOUND', { what, id });
  return record;
}

/** The camera, or `UNKNOWN_CAMERA`. */
export async function cameraOf(deps: RegistryDeps, camera_id: string): Promise<Camera> {
  const camera = await deps.store.cameras.byId(camera_id);
  if (camera === null) throw new CodedError('UNKNOWN_CAMERA', { camera: camera_id });
  return camera;
}

/** Asks the policy for every unit that the act touches: where the record is, and where it is to go. */
export async function authorizeAt(
  deps: Pick<RegistryDeps, 'authorize'>,
  request: FastifyRequest,
  action: Action,
  subject: { readonly kind: ChangeSubject; readonly id?: string },
  unit_ids: readonly (string | null | undefined)[],
): Promise<Actor> {
  const said = [...new Set(unit_ids)].filter((id) => id !== undefined);
  const asked = said.length === 0 ? [null] : said;
  let actor: Actor | null = null;
  for (const unit_id of asked) {
    const target = { unit_id, subject_kind: subject.kind };
    const named = subject.id === undefined ? target : { ...target, subject_id: subject.id };
    actor = await deps.authorize(request, action, named);
  }
  return actor!;
}

/**
 * Asks the policy for every unit where the owner has cameras: who ties an owner to a camera, or holds a link to the
 * owner's page, could else answer for the owner in wards that are none of theirs.
 */
export async function authorizeOwner(
  deps: Pick<RegistryDeps, 'authorize' | 'store'>,
  request: FastifyRequest,
  action: Action,
  owner_id: string | null | undefined,
): Promise<void> {
  if (owner_id == null) return;
  const unit_ids = (await deps.store.cameras.ofOwner(owner_id)).map(({ unit_id }) => unit_id);
  await authorizeAt(deps, request, action, { kind: 'owner', id: owner_id }, unit_ids);
}

/** The unit of the recorder a camera is to hang on: nobody hangs theirs on another ward's. */
export async function unitOfRecorder(
  deps: RegistryDeps,
  recorder_id: string | undefined,
): Promise<Recorder['unit_id'] | undefined> {
  if (recorder_id === undefined) return undefined;
  return known(await deps.store.recorders.byId(recorder_id), 'recorder', recorder_id).unit_id;
}
