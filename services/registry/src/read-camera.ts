import type { Coverage, Observation, Owner, Recorder } from '@minhchung/domain';
import {
  type Agreement,
  type Camera,
  type Clock,
  type ClockOffsetEstimate,
  CodedError,
} from '@minhchung/domain';
import type { RegistryDeps } from './deps.ts';

/** Everything known of one camera. Credentials are told of, never told. */
export interface CameraDetails {
  readonly camera: Camera & { readonly observation: Observation | null };
  readonly recorder: Recorder & { readonly network_code: string; readonly has_credentials: boolean };
  readonly owner: Owner | null;
  readonly clock: Clock & { readonly offset: ClockOffsetEstimate | null };
  readonly coverage: Coverage | null;
  readonly agreement: Agreement | null;
}

/** The camera of this id. Throws `UNKNOWN_CAMERA`. */
export function findCamera(deps: Pick<RegistryDeps, 'store'>) {
  return async (camera_id: string): Promise<Camera> => {
    const camera = await deps.store.cameras.byId(camera_id);
    if (camera === null) throw new CodedError('UNKNOWN_CAMERA', { camera: camera_id });
    return camera;
  };
}

/** Gathers what is known of a camera. */
export function readCamera(deps: Pick<RegistryDeps, 'store'>) {
  return async (camera: Camera): Promise<CameraDetails> => {
    const { store } = deps;
    const recorder = await store.recorders.byId(camera.recorder_id);
    if (recorder === null) throw new Error(`camera ${camera.id} has no recorder`);
    const clock = await store.clocks.byId(recorder.clock_id);
    if (clock === null) throw new Error(`recorder ${recorder.id} has no clock`);
    const network = await store.networks.byId(recorder.network_id);
    const [observation = null] = await store.observations.current([camera.id]);
    const [coverage = null] = await store.coverage.latest([camera.id]);
    const [agreement = null] = await store.agreements.ofCamera(camera.id);
    const offsets = await store.clockOffsets.historyOf(clock.id);
    return {
      camera: { ...camera, observation },
      recorder: {
        ...recorder,
        network_code: network?.code ?? recorder.network_id,
        has_credentials: await store.credentials.has(recorder.id),
      },
      owner: camera.owner_id === null ? null : await store.owners.byId(camera.owner_id),
      clock: { ...clock, offset: offsets.at(-1) ?? null },
      coverage,
      agreement,
    };
  };
}
