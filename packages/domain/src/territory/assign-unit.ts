import type { Position } from '../vocabulary/network.ts';
import type { UnitMap } from './unit-map.ts';

/** Why nobody but a person can say where something belongs. */
export type UndecidedReason =
  /** In no unit's drawing. */
  | 'outside'
  /** Too near to a border. */
  | 'border'
  /** In two drawings that overlap. */
  | 'overlap'
  /** Its unit went into several, and there is no drawing to tell which. */
  | 'several_successors'
  /** Its unit ended, and nothing is known to follow it. */
  | 'no_successor'
  /** Its cameras lie in several units. */
  | 'cameras_in_several'
  /** One of its cameras is undecided. */
  | 'camera_undecided'
  /** The unit is not known. */
  | 'unknown_unit';

/** Where something belongs on the map. */
export type Assignment =
  | { readonly kind: 'stays' }
  | {
      readonly kind: 'moves';
      readonly to_unit_id: string;
      readonly by: 'position' | 'succession' | 'cameras';
    }
  | {
      readonly kind: 'undecided';
      readonly reason: UndecidedReason;
      /** Units it may belong to. */
      readonly candidate_unit_ids: readonly string[];
    };

const STAYS: Assignment = { kind: 'stays' };

/**
 * Where a camera belongs: in the unit that its position lies in, of the same level as the one it is registered at. At a
 * border, or where drawings overlap, it stays where it is registered if that is one of the candidates, or follows
 * its ended unit if that leaves one. Without drawings it follows a unit that went into another whole.
 */
export function assignCamera(
  camera: { readonly unit_id: string; readonly position: Position },
  map: UnitMap,
): Assignment {
  const present = map.unit(camera.unit_id);
  if (present === null) return undecided('unknown_unit', []);
  const { inside, border } = map.find(camera.position, present.level);
  const [only, ...others] = inside;
  if (only !== undefined && others.length === 0 && border.length === 0)
    return movedTo(present.id, only, 'position');
  const candidates = [...inside, ...border];
  if (candidates.length === 0) return assignUndrawn(present.id, map);
  if (candidates.includes(present.id)) return STAYS;
  const heirs = map.standIns(present.id).filter((id) => candidates.includes(id));
  if (!map.isValid(present.id) && heirs.length === 1) return movedTo(present.id, heirs[0]!, 'succession');
  return undecided(border.length > 0 ? 'border' : 'overlap', candidates);
}

/**
 * Where a recorder or a scheme belongs: with its cameras. It stays while its unit exists and has one of them, or
 * has none at all. `camera_unit_ids` are the units its cameras belong to on the map; null: undecided.
 */
export function assignGroup(
  unit_id: string,
  camera_unit_ids: Iterable<string | null>,
  map: UnitMap,
): Assignment {
  const units = new Set(camera_unit_ids);
  const is_valid = map.isValid(unit_id);
  if (is_valid && (units.size === 0 || units.has(unit_id))) return STAYS;
  const known = [...units].filter((id) => id !== null);
  if (units.has(null)) return undecided('camera_undecided', known);
  const heirs = map.standIns(unit_id);
  if (units.size === 0) {
    if (heirs.length === 1) return movedTo(unit_id, heirs[0]!, 'succession');
    return undecided(heirs.length === 0 ? 'no_successor' : 'several_successors', heirs);
  }
  if (known.length === 1) return movedTo(unit_id, known[0]!, 'cameras');
  const among = heirs.filter((id) => units.has(id));
  if (!is_valid && among.length === 1) return movedTo(unit_id, among[0]!, 'succession');
  return undecided('cameras_in_several', known);
}

/** In no drawing: that says something only when the drawings it should be in exist. */
function assignUndrawn(unit_id: string, map: UnitMap): Assignment {
  if (map.isValid(unit_id)) return map.hasBoundary(unit_id) ? undecided('outside', [unit_id]) : STAYS;
  const heirs = map.standIns(unit_id);
  if (heirs.length === 0) return undecided('no_successor', []);
  if (heirs.some((id) => map.hasBoundary(id))) return undecided('outside', heirs);
  if (heirs.length === 1) return movedTo(unit_id, heirs[0]!, 'succession');
  return undecided('several_successors', heirs);
}

function movedTo(
  from: string,
  to_unit_id: string,
  by: Extract<Assignment, { kind: 'moves' }>['by'],
): Assignment {
  return from === to_unit_id ? STAYS : { kind: 'moves', to_unit_id, by };
}

function undecided(reason: UndecidedReason, candidate_unit_ids: readonly string[]): Assignment {
  return { kind: 'undecided', reason, candidate_unit_ids: candidate_unit_ids.toSorted() };
}
