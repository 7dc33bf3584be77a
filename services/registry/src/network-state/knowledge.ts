import { type Camera, stillHeldOf, wordsOf } from '@minhchung/domain';
import type { RegistryDeps } from '../deps.ts';
import { describeClock, disagreement, findClock } from './clocks.ts';

/** Steps of coverage looked at: two weeks of six-hour steps. */
const COVERAGES_LOOKED_AT = 60;
const FINDINGS_SHOWN = 50;

/** Clocks, holdings and troubles of one camera. */
export function readKnowledge(deps: Pick<RegistryDeps, 'store' | 'settings'>) {
  return async (camera: Camera) => {
    const { store, settings } = deps;
    const recorder = await store.recorders.byId(camera.recorder_id);
    if (recorder === null) throw new Error(`camera ${camera.id} has no recorder`);
    const recorder_clock = await describeClock(deps, await findClock(deps, recorder.clock_id));
    const own = await store.clockSights.ofCamera(camera.id);
    const display_clock = own === null ? null : await describeClock(deps, await findClock(deps, own.id));
    const { rows } = await store.coverage.history(camera.id, { limit: COVERAGES_LOOKED_AT, after: null });
    const newest = await store.coverage.latest([camera.id]);
    const coverages = [...newest, ...rows.slice(newest.length)];
    const { depth, ...held } = stillHeldOf(coverages, recorder_clock.history, recorder_clock.drift_bound_ppm);
    const agreed = (await store.retention.ofCameras([camera.id])).get(camera.id);
    const page = { limit: FINDINGS_SHOWN, after: null };
    const findings = await store.findings.list({ recorder_id: camera.recorder_id }, page);
    return {
      recorder_clock,
      display_clock,
      display_minus_recorder: disagreement(
        display_clock?.history.at(-1) ?? null,
        recorder_clock.history.at(-1) ?? null,
      ),
      holdings: {
        ...held,
        depth_min_ms: depth?.min_ms ?? null,
        depth_max_ms: depth?.max_ms ?? null,
        agreed_days: agreed ?? settings.registry.retention_agreed_days,
      },
      findings: findings.rows
        .filter(({ camera_id }) => camera_id === null || camera_id === camera.id)
        .map((finding) => ({ ...finding, ...wordsOf(finding) })),
    };
  };
}
