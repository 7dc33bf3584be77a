import type { Camera, CameraKind, CameraState, Observation } from '@minhchung/domain';
import type { Page, PageRequest } from '@minhchung/store';
import type { RegistryDeps } from './deps.ts';

/** A camera with the interval of its newest observation; null: never observed. */
export type CameraWithState = Camera & { readonly observation: Observation | null };

/** Cameras of the units in `unit_ids`, in order of code. */
export function listCameras(deps: Pick<RegistryDeps, 'store'>) {
  return async (
    filter: {
      readonly unit_ids: readonly string[];
      readonly text?: string | undefined;
      readonly kind?: CameraKind | undefined;
      readonly state?: CameraState | undefined;
    },
    page: PageRequest,
  ): Promise<Page<CameraWithState>> => {
    const { unit_ids, text, kind, state } = filter;
    const found = await deps.store.cameras.list(
      {
        unit_ids,
        ...(text === undefined ? {} : { text }),
        ...(kind === undefined ? {} : { kind }),
        ...(state === undefined ? {} : { state }),
      },
      page,
    );
    const observations = await deps.store.observations.current(found.rows.map((camera) => camera.id));
    const by_camera = new Map(observations.map((one) => [one.camera_id, one]));
    return {
      rows: found.rows.map((camera) => ({ ...camera, observation: by_camera.get(camera.id) ?? null })),
      next: found.next,
    };
  };
}
