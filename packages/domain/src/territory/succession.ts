import type { Unit } from '../vocabulary/people.ts';
import { SUCCESSION_STEPS_MAX } from './limits.ts';

/** How units of one time are read at another. */
export interface Lineage {
  /**
   * The units that stand for this one on the map: itself when it is valid then; when it has ended, those it went
   * into; when it has not begun, those it was made of. Empty: nothing is known. One: it went there whole.
   */
  standIns(unit_id: string): readonly string[];
}

/** True when the unit exists at the time; its last moment is the one before `valid_to_ms`. */
export function isUnitValidAt(unit: Pick<Unit, 'valid_from_ms' | 'valid_to_ms'>, at_ms: number): boolean {
  return unit.valid_from_ms <= at_ms && (unit.valid_to_ms === null || unit.valid_to_ms > at_ms);
}

/** Lineage of these units on the map of `at_ms`. Broken chains (a ring, an unknown successor) lead nowhere. */
export function lineageOf(units: readonly Unit[], at_ms: number): Lineage {
  const by_id = new Map(units.map((unit) => [unit.id, unit]));
  const before = new Map<string, string[]>();
  for (const unit of units) {
    for (const id of unit.successor_ids) before.set(id, [...(before.get(id) ?? []), unit.id]);
  }
  const known = new Map<string, readonly string[]>();

  function walk(unit_id: string): string[] {
    const found = new Set<string>();
    const seen = new Set<string>();
    let level = [unit_id];
    for (let step = 0; step <= SUCCESSION_STEPS_MAX && level.length > 0; step += 1) {
      const next: string[] = [];
      for (const id of level) {
        const unit = by_id.get(id);
        if (unit === undefined || seen.has(id)) continue;
        seen.add(id);
        if (isUnitValidAt(unit, at_ms)) found.add(id);
        else next.push(...(unit.valid_from_ms > at_ms ? (before.get(id) ?? []) : unit.successor_ids));
      }
      level = next;
    }
    return [...found].sort();
  }

  return {
    standIns(unit_id) {
      const stand_ins = known.get(unit_id) ?? walk(unit_id);
      known.set(unit_id, stand_ins);
      return stand_ins;
    },
  };
}

/**
 * The unit that has a say in an item now. An item keeps the unit its camera had when it was submitted. Only when
 * that unit was split since, the camera's present unit stands in, if it is one of the parts; a unit that has
 * decided before it ended has decided. A unit that went into another whole is left as it is: the people of that
 * other one cover it (`coveringIds` of the store).
 */
export function unitWithSay(
  item: { readonly unit_id: string; readonly camera_unit_id: string },
  lineage: Lineage,
  decided_unit_ids: readonly string[],
): string {
  const stand_ins = lineage.standIns(item.unit_id);
  if (stand_ins.length < 2 || decided_unit_ids.includes(item.unit_id)) return item.unit_id;
  return stand_ins.includes(item.camera_unit_id) ? item.camera_unit_id : item.unit_id;
}
