import { type Actor, type Camera, CodedError, kindRefusal } from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';
import type { RegistryDeps } from '../deps.ts';
import { checkOwnerExists, checkPlace, checkRecorder, destroyGroundless } from './camera-ground.ts';
import { editRecord, withFields } from './edit-record.ts';
import { recordChanges } from './record-changes.ts';

type CameraDeps = Pick<RegistryDeps, 'store' | 'time' | 'newId'>;

/** What is said of a new camera; the rest is not known. */
export type NewCamera = Pick<Camera, 'code' | 'name' | 'unit_id' | 'kind' | 'position' | 'recorder_id'> &
  Said<Omit<Camera, 'id' | 'created_at_ms' | 'retired_at_ms'>>;

/** Fields to change; what is left out stays. */
export type CameraChange = Said<Omit<Camera, 'id' | 'code' | 'created_at_ms' | 'retired_at_ms'>>;

type Said<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Registers one camera behind a registered recorder. Throws what stands against it, `ALREADY_EXISTS`. */
export function createCamera(deps: CameraDeps) {
  return async (actor: Actor, input: NewCamera): Promise<Camera> =>
    deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      const camera = newCamera(deps, input, at_ms);
      await checkPlace(tx, camera, at_ms);
      await checkOwnerExists(tx, camera.owner_id);
      await checkRecorder(tx, camera);
      await tx.cameras.create(camera);
      const subject = { subject_kind: 'camera', subject_id: camera.id, unit_id: camera.unit_id } as const;
      await recordChanges({ tx, actor, at_ms }, [
        {
          act: 'camera.create',
          ...subject,
          before: null,
          after: camera,
          details: { code: camera.code },
        },
      ]);
      return camera;
    });
}

/**
 * Changes a camera. Throws `EditConflict`, `CAMERA_RETIRED`, `CAMERA_KIND_FIXED`, `CAMERA_OWNER_FIXED`, and what
 * stands against the new recorder, channel or reach.
 */
export function changeCamera(deps: CameraDeps) {
  return (actor: Actor, seen: Camera, version: string, fields: CameraChange): Promise<Camera> =>
    editRecord(deps, {
      ...{ subject_kind: 'camera', act: 'camera.update', actor, seen, version },
      lock: (tx) => tx.cameras.lock(seen.id),
      async change(tx, before, at_ms) {
        if (before.retired_at_ms !== null) throw new CodedError('CAMERA_RETIRED', { camera: before.code });
        const after = withFields(before, { ...fields, name: fields.name?.normalize('NFC') });
        await checkChange(tx, before, after, at_ms);
        return after;
      },
      async write({ tx, at_ms }, after, before) {
        await tx.cameras.update(after);
        if (after.recorder_id !== before.recorder_id) await destroyGroundless(tx, before.recorder_id, at_ms);
        return [];
      },
      unitOf: ({ unit_id }) => unit_id,
      details: ({ code }) => ({ code }),
    });
}

async function checkChange(tx: Repositories, before: Camera, after: Camera, at_ms: number): Promise<void> {
  const refusal = kindRefusal(before, after.kind);
  if (refusal !== null) throw refusal;
  await checkPlace(tx, after, at_ms);
  if (after.owner_id !== before.owner_id) {
    await checkOwnerExists(tx, after.owner_id);
    const is_agreed = before.owner_id !== null && (await tx.agreements.ofCamera(before.id)).length > 0;
    if (is_agreed) throw new CodedError('CAMERA_OWNER_FIXED', { camera: before.code });
  }
  const is_moved = (['recorder_id', 'source_token', 'kind', 'owner_id', 'reach'] as const).some(
    (field) => before[field] !== after[field],
  );
  if (is_moved) await checkRecorder(tx, after);
}

function newCamera(deps: CameraDeps, input: NewCamera, at_ms: number): Camera {
  return {
    id: deps.newId(),
    code: input.code,
    name: input.name.normalize('NFC'),
    unit_id: input.unit_id,
    site_id: input.site_id ?? null,
    kind: input.kind,
    owner_id: input.owner_id ?? null,
    position: input.position,
    aim_point: input.aim_point ?? null,
    field_of_view_deg: input.field_of_view_deg ?? null,
    range_m: input.range_m ?? null,
    mounting: input.mounting ?? null,
    reach: input.reach ?? 'polled',
    recorder_id: input.recorder_id,
    source_token: input.source_token ?? null,
    created_at_ms: at_ms,
    retired_at_ms: null,
  };
}
