import { type Camera, type CameraState, formatVietnam } from '@minhchung/domain';
import type { Store } from '@minhchung/store';
import { everyPage } from './every.ts';

/** One camera as the network report lists it. */
export interface CameraLine {
  readonly code: string;
  readonly name: string;
  readonly unit_id: string;
  readonly kind: Camera['kind'];
  readonly reach: Camera['reach'];
  readonly state: CameraState;
  readonly reason: string;
  readonly since_ms: number | null;
}

/** Every camera in use with its state, in order of code. */
export async function cameraLines(store: Store, unit_ids: readonly string[]): Promise<CameraLine[]> {
  const lines: CameraLine[] = [];
  for await (const cameras of everyPage((page) => store.cameras.list({ unit_ids }, page))) {
    const seen = await store.observations.current(cameras.map((camera) => camera.id));
    const states = new Map(seen.map((one) => [one.camera_id, one]));
    for (const { id, code, name, unit_id, kind, reach } of cameras) {
      const state = states.get(id);
      lines.push({
        code,
        name,
        unit_id,
        kind,
        reach,
        state: state?.state ?? 'unknown',
        reason: state?.reason ?? 'never_polled',
        since_ms: state?.from_ms ?? null,
      });
    }
  }
  return lines;
}

/** The cameras as rows of a table. */
export function cameraRows(lines: readonly CameraLine[]): string[][] {
  return lines.map(({ code, name, state, reason, since_ms }) => [
    code,
    name,
    state,
    reason,
    since_ms === null ? '' : formatVietnam(since_ms),
  ]);
}
