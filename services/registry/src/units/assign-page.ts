import {
  type Assignment,
  assignCamera,
  assignGroup,
  type UndecidedReason,
  type UnitMap,
} from '@minhchung/domain';
import type { PlacedCamera, PlacedKind, PlacedThing, Repositories } from '@minhchung/store';
import { REASSIGNED_TOGETHER, RECORDERS_TOGETHER } from './limits.ts';

/** What a reassignment works by. */
export interface Reassigning {
  readonly map: UnitMap;
  /** Units whose things may be moved, and to which; null: all. */
  readonly scope: ReadonlySet<string> | null;
}

/** Where one thing belongs. */
export interface Assigned {
  readonly kind: PlacedKind;
  readonly thing: PlacedThing;
  readonly assignment:
    | Assignment
    | {
        readonly kind: 'undecided';
        readonly reason: OwnReason;
        readonly candidate_unit_ids: readonly string[];
      };
}

/** A move over the fence is somebody else's. */
type OwnReason = UndecidedReason | 'other_administrator';

type Placements = Pick<Repositories, 'placements'>;

export interface AssignedPage {
  readonly assigned: readonly Assigned[];
  readonly next: string | null;
}

/** The order in which things are worked through: what follows its cameras comes after them. */
export const KINDS: readonly PlacedKind[] = ['camera', 'recorder', 'scheme'];

/** Where the next few things of a kind belong. Reads only. */
export async function assignPage(
  { placements }: Placements,
  work: Reassigning,
  kind: PlacedKind,
  after: string | null,
): Promise<AssignedPage> {
  const filter = { unit_ids: work.scope === null ? undefined : [...work.scope] };
  if (kind === 'camera') {
    const page = await placements.cameras(filter, { limit: REASSIGNED_TOGETHER, after });
    const assigned = page.rows.map((camera) => ({ kind, thing: camera, assignment: ofCamera(camera, work) }));
    return { assigned, next: page.next };
  }
  if (kind === 'recorder') {
    const page = await placements.recorders(filter, { limit: RECORDERS_TOGETHER, after });
    const cameras = await placements.camerasOfRecorders(page.rows.map((recorder) => recorder.id));
    const units = Map.groupBy(cameras, (camera) => camera.recorder_id);
    const assigned = page.rows.map((thing) => {
      const camera_units = (units.get(thing.id) ?? []).map((camera) => unitOf(camera, work));
      return { kind, thing, assignment: fenced(assignGroup(thing.unit_id, camera_units, work.map), work) };
    });
    return { assigned, next: page.next };
  }
  const page = await placements.schemes(filter, { limit: RECORDERS_TOGETHER, after });
  const assigned: Assigned[] = [];
  for (const thing of page.rows) {
    const camera_units = await unitsOfScheme(placements, thing.id, work);
    assigned.push({
      kind,
      thing,
      assignment: fenced(assignGroup(thing.unit_id, camera_units, work.map), work),
    });
  }
  return { assigned, next: page.next };
}

function ofCamera(camera: PlacedCamera, work: Reassigning): Assigned['assignment'] {
  const position = { latitude_deg: camera.latitude_deg, longitude_deg: camera.longitude_deg };
  return fenced(assignCamera({ unit_id: camera.unit_id, position }, work.map), work);
}

/** The unit a camera has after the reassignment; null: it stays at a unit that has ended. */
function unitOf(camera: PlacedCamera, work: Reassigning): string | null {
  const assignment = ofCamera(camera, work);
  if (assignment.kind === 'moves') return assignment.to_unit_id;
  return work.map.isValid(camera.unit_id) ? camera.unit_id : null;
}

async function unitsOfScheme(
  placements: Repositories['placements'],
  scheme_id: string,
  work: Reassigning,
): Promise<Set<string | null>> {
  const units = new Set<string | null>();
  let after: string | null = null;
  do {
    const page = await placements.camerasOfScheme(scheme_id, { limit: REASSIGNED_TOGETHER, after });
    for (const camera of page.rows) units.add(unitOf(camera, work));
    after = page.next;
  } while (after !== null);
  return units;
}

function fenced(assignment: Assignment, { scope }: Reassigning): Assigned['assignment'] {
  if (assignment.kind !== 'moves' || scope === null || scope.has(assignment.to_unit_id)) return assignment;
  return { kind: 'undecided', reason: 'other_administrator', candidate_unit_ids: [assignment.to_unit_id] };
}
