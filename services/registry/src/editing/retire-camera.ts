import {
  type Actor,
  type Camera,
  CodedError,
  ITEM_FINAL_STATES,
  ITEM_STATES,
  type ItemState,
} from '@minhchung/domain';
import type { Repositories } from '@minhchung/store';
import type { RegistryDeps } from '../deps.ts';
import { destroyGroundless } from './camera-ground.ts';
import { editRecord } from './edit-record.ts';

/** Enough to say "many". */
const OPEN_ITEMS_COUNTED_MAX = 100;

const OPEN_STATES = ITEM_STATES.filter(
  (state): state is ItemState => !(ITEM_FINAL_STATES as readonly ItemState[]).includes(state),
);

/**
 * Takes a camera out of use for good; its past and its agreements stay. The account of its recorder goes with it
 * unless another camera in use is a ground for it. Throws `CAMERA_RETIRED`, `CAMERA_HAS_OPEN_ITEMS`, `EditConflict`.
 */
export function retireCamera(deps: Pick<RegistryDeps, 'store' | 'time'>) {
  return async (
    actor: Actor,
    seen: Camera,
    version: string,
    reason: string,
  ): Promise<{ readonly camera: Camera; readonly credentials_destroyed: boolean }> => {
    let credentials_destroyed = false;
    const camera = await editRecord(deps, {
      ...{ subject_kind: 'camera', act: 'camera.retire', actor, seen, version },
      lock: (tx) => tx.cameras.lock(seen.id),
      async change(tx, before, at_ms) {
        if (before.retired_at_ms !== null) throw new CodedError('CAMERA_RETIRED', { camera: before.code });
        await checkNothingOpen(tx, before);
        return { ...before, retired_at_ms: at_ms };
      },
      async write({ tx, at_ms }, after) {
        await tx.cameras.retire(after.id, at_ms);
        credentials_destroyed = await destroyGroundless(tx, after.recorder_id, at_ms);
        return [];
      },
      unitOf: ({ unit_id }) => unit_id,
      details: ({ code }) => ({ code, reason: reason.normalize('NFC'), credentials_destroyed }),
    });
    return { camera, credentials_destroyed };
  };
}

/** What was asked for has its outcome first: a retired camera is fetched from no more. */
async function checkNothingOpen(tx: Repositories, camera: Camera): Promise<void> {
  const filter = { camera_id: camera.id, states: OPEN_STATES };
  const { rows } = await tx.items.list(filter, { limit: OPEN_ITEMS_COUNTED_MAX, after: null });
  if (rows.length === 0) return;
  throw new CodedError('CAMERA_HAS_OPEN_ITEMS', { camera: camera.code, items: rows.length });
}
