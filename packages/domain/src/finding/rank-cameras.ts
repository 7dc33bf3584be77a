/**
 * Which cameras could have seen an incident, best first, with the reasons an officer reads.
 *
 * Three questions make the score, each a factor between 0 and 1: could it see the place, was it working then, is
 * the footage still there. Nothing known rules nothing out: unknown is worth more than a plain no.
 */
import { intersectSpans, spanLength_ms } from '../interval/span-algebra.ts';
import { coverageShare } from '../interval/span-set.ts';
import type { Span } from '../span.ts';
import type { CameraState, Position } from '../vocabulary/network.ts';
import { distance_m } from './geodesy.ts';
import { type ConePlace, placeInView, rangeOf_m, type View } from './view-cone.ts';

/** Where and when something happened; `radius_m` is how far it reached or how unsure the place is. */
export interface IncidentPlace {
  readonly position: Position;
  readonly span: Span;
  readonly radius_m: number;
}

/** A camera with what is known of it. All times are true time. */
export interface CameraFacts extends View {
  readonly id: string;
  /** States with their intervals, in any order; what they leave out is unknown. */
  readonly states: readonly { readonly state: CameraState; readonly span: Span }[];
  /** State now: only a camera that can be reached now can say whether it still holds footage. */
  readonly state_now: CameraState;
  /** From the oldest to the newest thing the recorder held when last asked; null: never learned. */
  readonly held: Span | null;
  /** When the beginning of the incident's span is expected to be overwritten; null: unknown. */
  readonly overwrite_at_ms: number | null;
}

export type WorkingThen = 'yes' | 'partly' | 'no' | 'unknown';
export type FootageHeld = 'held' | 'partly' | 'overwritten' | 'unknown' | 'offline';

/** One camera's place in the ranking, and why. */
export interface RankedCamera {
  readonly id: string;
  /** 0 to 1; 0: could not have seen it, or nothing is left. */
  readonly score: number;
  readonly distance_m: number;
  readonly cone: ConePlace;
  readonly working_then: WorkingThen;
  readonly footage: FootageHeld;
  /** Time left until overwriting begins, at least 0; null: unknown. */
  readonly overwrite_in_ms: number | null;
}

const CONE_FACTOR: Readonly<Record<ConePlace, number>> = { inside: 1, unknown: 0.6, beyond: 0.3, aside: 0.1 };
const WORKING_FACTOR: Readonly<Record<WorkingThen, number>> = { yes: 1, partly: 0.8, unknown: 0.6, no: 0.1 };
const FOOTAGE_FACTOR: Readonly<Record<FootageHeld, number>> = {
  held: 1,
  partly: 0.8,
  unknown: 0.6,
  offline: 0.5,
  overwritten: 0,
};

/** Cameras by falling score; equals by distance, then by id, so that the same facts give the same list. */
export function rankCameras(
  incident: IncidentPlace,
  cameras: readonly CameraFacts[],
  now_ms: number,
): RankedCamera[] {
  return cameras
    .map((camera) => rankedCamera(incident, camera, now_ms))
    .sort((a, b) => b.score - a.score || a.distance_m - b.distance_m || (a.id < b.id ? -1 : 1));
}

function rankedCamera(incident: IncidentPlace, camera: CameraFacts, now_ms: number): RankedCamera {
  const length_m = distance_m(camera.position, incident.position);
  const cone = placeInView(camera, incident.position, incident.radius_m);
  const working_then = workingDuring(incident.span, camera);
  const footage = footageOf(incident.span, camera, now_ms);
  const known = CONE_FACTOR[cone] * WORKING_FACTOR[working_then] * FOOTAGE_FACTOR[footage];
  return {
    id: camera.id,
    score: known * nearness(length_m - incident.radius_m, rangeOf_m(camera)),
    distance_m: length_m,
    cone,
    working_then,
    footage,
    overwrite_in_ms: camera.overwrite_at_ms === null ? null : Math.max(0, camera.overwrite_at_ms - now_ms),
  };
}

/** 1 at the camera, one half at the end of its range, falling on smoothly beyond. */
function nearness(length_m: number, range_m: number): number {
  const ranges = Math.max(0, length_m) / range_m;
  return 1 / (1 + ranges * ranges);
}

function workingDuring(span: Span, camera: Pick<CameraFacts, 'states'>): WorkingThen {
  const spansOf = (...states: CameraState[]) =>
    camera.states.filter(({ state }) => states.includes(state)).map((observed) => observed.span);
  const working = coverageShare(span, spansOf('online', 'degraded'));
  // A refused password says nothing about whether the camera recorded.
  const dead = coverageShare(span, spansOf('offline'));
  if (working === 1) return 'yes';
  if (working > 0 && dead > 0) return 'partly';
  if (dead > 0 && dead >= 0.5) return 'no';
  return working >= 0.5 ? 'yes' : 'unknown';
}

function footageOf(span: Span, camera: CameraFacts, now_ms: number): FootageHeld {
  const { held, overwrite_at_ms } = camera;
  const is_gone = held !== null && held.start_ms >= span.end_ms;
  if (is_gone) return 'overwritten';
  if (camera.state_now === 'offline') return 'offline';
  if (held === null) return 'unknown';
  const both = intersectSpans(held, span);
  // Newer than the last look at the recorder: it was not there to be seen yet.
  if (both === null) return 'unknown';
  const is_going = overwrite_at_ms !== null && overwrite_at_ms <= now_ms;
  return held.start_ms > span.start_ms || is_going || spanLength_ms(both) === 0 ? 'partly' : 'held';
}
