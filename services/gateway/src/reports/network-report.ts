import { CAMERA_STATES, type Camera, type CameraState, formatVietnam } from '@minhchung/domain';
import type { Store } from '@minhchung/store';
import { everyRow } from './every.ts';

/** One camera as the network report shows it. */
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

export interface NetworkReport {
  readonly by_state: Readonly<Record<CameraState, number>>;
  readonly cameras: readonly CameraLine[];
}

/** The state of every camera in use, in order of code. */
export async function networkReport(
  store: Store,
  unit_ids: readonly string[] | null,
): Promise<NetworkReport> {
  const cameras: CameraLine[] = [];
  const filter = unit_ids === null ? {} : { unit_ids };
  for await (const camera of everyRow((page) => store.cameras.list(filter, page))) {
    const [seen] = await store.observations.current([camera.id]);
    cameras.push({
      code: camera.code,
      name: camera.name,
      unit_id: camera.unit_id,
      kind: camera.kind,
      reach: camera.reach,
      state: seen?.state ?? 'unknown',
      reason: seen?.reason ?? 'never_polled',
      since_ms: seen?.from_ms ?? null,
    });
  }
  const counted = CAMERA_STATES.map((state) => [state, cameras.filter((one) => one.state === state).length]);
  return { by_state: Object.fromEntries(counted) as Record<CameraState, number>, cameras };
}

/** The cameras as rows of a table. */
export function networkRows(report: NetworkReport): string[][] {
  return report.cameras.map((camera) => [
    camera.code,
    camera.name,
    camera.state,
    camera.reason,
    camera.since_ms === null ? '' : formatVietnam(camera.since_ms),
  ]);
}
