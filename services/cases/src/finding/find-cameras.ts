import {
  type Actor,
  type Bilingual,
  type Camera,
  type CameraFacts,
  CodedError,
  destination,
  distance_m,
  type IncidentPlace,
  isPosition,
  LIMITS,
  type RankedCamera,
  rankCameras,
} from '@minhchung/domain';
import { type BoundingBox, overwriteHorizon_ms, type Repositories } from '@minhchung/store';
import { act } from '../act.ts';
import type { ActDeps } from '../deps.ts';
import { heldFootage } from '../footage-held.ts';
import { demandIncidentSpan } from '../incidents/incidents.ts';
import { FINDING_DETAILED_MAX, FINDING_SHOWN_MAX } from '../limits.ts';
import { explain } from './explain.ts';

/** One camera that could have seen it, with the reasons for its rank. */
export interface FoundCamera extends Omit<RankedCamera, 'id'> {
  readonly camera: Camera;
  /** True time at which the beginning of the span is expected to be overwritten; null: unknown. */
  readonly overwrite_at_ms: number | null;
  readonly why: Bilingual;
}

/**
 * Cameras that could have seen a place in a span, best first, in any ward. First those near are ranked by where
 * they look; of the best, states and footage held are looked up and the rank is made again.
 *
 * `radius_m`: how far around is looked. Throws what is wrong with place or span. The search itself is audited:
 * who looks for cameras around a house should be seen to have looked.
 */
export function findCameras(deps: ActDeps) {
  return async (
    actor: Actor,
    wish: { readonly place: IncidentPlace; readonly radius_m: number; readonly incident_id: string | null },
  ): Promise<FoundCamera[]> => {
    const now_ms = deps.time.now_ms();
    const { place } = wish;
    demandIncidentSpan(place.span, now_ms);
    if (!isPosition(place.position)) throw new CodedError('POSITION_MISSING');
    const cameras = await nearest(deps.store, place, wish.radius_m, now_ms);
    const facts = await factsOf(deps.store, place, cameras);
    const found = await shown(deps.store, place, cameras, facts, now_ms);
    const subject = { kind: 'search', id: wish.incident_id ?? deps.newId(), unit_id: null } as const;
    const details = {
      latitude_deg: place.position.latitude_deg,
      longitude_deg: place.position.longitude_deg,
      radius_m: wish.radius_m,
      cameras: found.length,
    };
    await deps.store.audit.append(act('camera.search', now_ms, actor, subject, details));
    return found;
  };
}

async function nearest(
  repositories: Repositories,
  place: IncidentPlace,
  radius_m: number,
  now_ms: number,
): Promise<Camera[]> {
  const box = boxAround(place, radius_m);
  const in_box = await repositories.cameras.nearPoint(box, LIMITS.finding_cameras_max);
  const in_circle = in_box.filter((camera) => distance_m(camera.position, place.position) <= radius_m);
  if (in_circle.length <= FINDING_DETAILED_MAX) return in_circle;
  const by_id = new Map(in_circle.map((camera) => [camera.id, camera]));
  const unknown = { states: [], state_now: 'unknown', held: null, overwrite_at_ms: null } as const;
  const ranked = rankCameras(
    place,
    in_circle.map((camera) => ({ ...camera, ...unknown })),
    now_ms,
  );
  return ranked.slice(0, FINDING_DETAILED_MAX).map(({ id }) => by_id.get(id)!);
}

async function factsOf(
  repositories: Repositories,
  place: IncidentPlace,
  cameras: readonly Camera[],
): Promise<readonly (CameraFacts & { readonly offset: Parameters<typeof overwriteHorizon_ms>[2] })[]> {
  const ids = cameras.map((camera) => camera.id);
  const during = Map.groupBy(await repositories.observations.during(ids, place.span), (one) => one.camera_id);
  const current = new Map((await repositories.observations.current(ids)).map((one) => [one.camera_id, one]));
  const held = await heldFootage(repositories, cameras);
  return cameras.map((camera) => ({
    ...camera,
    states: (during.get(camera.id) ?? []).map(({ state, from_ms, until_ms }) => ({
      state,
      span: { start_ms: from_ms, end_ms: until_ms },
    })),
    state_now: current.get(camera.id)?.state ?? 'unknown',
    held: held.get(camera.id)?.held ?? null,
    offset: held.get(camera.id)?.offset ?? null,
    overwrite_at_ms: null,
  }));
}

/** Ranks, and looks up the horizon of overwriting for those that are shown. */
async function shown(
  repositories: Repositories,
  place: IncidentPlace,
  cameras: readonly Camera[],
  facts: Awaited<ReturnType<typeof factsOf>>,
  now_ms: number,
): Promise<FoundCamera[]> {
  const by_id = new Map(cameras.map((camera) => [camera.id, camera]));
  const best_ids = rankCameras(place, facts, now_ms)
    .slice(0, FINDING_SHOWN_MAX)
    .map(({ id }) => id);
  const best: CameraFacts[] = [];
  for (const one of facts.filter(({ id }) => best_ids.includes(id))) {
    const overwrite_at_ms = await overwriteHorizon_ms(repositories, one.id, one.offset, place.span.start_ms);
    best.push({ ...one, overwrite_at_ms });
  }
  const horizons = new Map(best.map((one) => [one.id, one.overwrite_at_ms]));
  return rankCameras(place, best, now_ms).map(({ id, ...ranked }) => ({
    ...ranked,
    camera: by_id.get(id)!,
    overwrite_at_ms: horizons.get(id) ?? null,
    why: explain(ranked),
  }));
}

function boxAround(place: IncidentPlace, radius_m: number): BoundingBox {
  const reach_m = Math.min(radius_m, LIMITS.finding_radius_max_m);
  return {
    south_deg: destination(place.position, 180, reach_m).latitude_deg,
    north_deg: destination(place.position, 0, reach_m).latitude_deg,
    west_deg: destination(place.position, 270, reach_m).longitude_deg,
    east_deg: destination(place.position, 90, reach_m).longitude_deg,
  };
}
