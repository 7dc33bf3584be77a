import type { Camera, RecorderChannel } from '@minhchung/domain';
import type { RegistryDeps } from '../deps.ts';

/** One channel of a recorder: seen by the device's own account, registered, or both. */
export interface ChannelInUse {
  readonly source_token: string | null;
  readonly name: string | null;
  readonly seen_at_ms: number | null;
  readonly camera: Pick<Camera, 'id' | 'code' | 'name'> | null;
}

/**
 * Channels as the device told of them, each with the camera registered on it; after them cameras on channels that no
 * probe and no poll has seen. A camera that names no channel has the only one there is.
 */
export function channelsOf(deps: Pick<RegistryDeps, 'store'>) {
  return async (recorder_id: string): Promise<ChannelInUse[]> => {
    const seen = await deps.store.channels.ofRecorder(recorder_id);
    const cameras = await deps.store.cameras.ofRecorder(recorder_id);
    const unseen = cameras.filter((camera) => !seen.some((channel) => isOn(camera, channel, seen)));
    return [
      ...seen.map((channel) => ({
        source_token: channel.source_token,
        name: channel.name,
        seen_at_ms: channel.seen_at_ms,
        camera: cameras.find((camera) => isOn(camera, channel, seen)) ?? null,
      })),
      ...unseen.map((camera) => ({
        source_token: camera.source_token,
        name: null,
        seen_at_ms: null,
        camera,
      })),
    ];
  };
}

function isOn(camera: Camera, channel: RecorderChannel, seen: readonly RecorderChannel[]): boolean {
  if (camera.source_token === null) return seen.length === 1;
  return camera.source_token === channel.source_token;
}
