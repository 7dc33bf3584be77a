import type { Position } from '../vocabulary/network.ts';
import type { Unit } from '../vocabulary/people.ts';
import { type Boundary, type BoxE7, toE7 } from './boundary.ts';
import { BORDER_TOLERANCE_M, MAP_CELL_DEG } from './limits.ts';
import { locate } from './locate.ts';
import { isUnitValidAt, type Lineage, lineageOf } from './succession.ts';

/** The units a position belongs to, or may belong to. */
export interface Found {
  readonly inside: readonly string[];
  /** Units whose border is too near to say. */
  readonly border: readonly string[];
}

/** The units as they are at one time, with their drawings. */
export interface UnitMap extends Lineage {
  readonly at_ms: number;
  unit(unit_id: string): Unit | null;
  isValid(unit_id: string): boolean;
  hasBoundary(unit_id: string): boolean;
  /** Valid units of the level that the position lies in or at the border of. */
  find(position: Position, level: Unit['level']): Found;
}

const CELL_E7 = toE7(MAP_CELL_DEG);
/** A position just outside a drawing is looked up with it: this is `BORDER_TOLERANCE_M` as far north as 60 degrees. */
const MARGIN_E7 = Math.ceil(BORDER_TOLERANCE_M * 200);

/**
 * The map at a time. `boundaries` holds drawings by unit; those of units not valid then are left out. Memory: the
 * drawings, and a list of cells for looking them up.
 */
export function unitMap(
  units: readonly Unit[],
  boundaries: ReadonlyMap<string, Boundary>,
  at_ms: number,
): UnitMap {
  const by_id = new Map(units.map((unit) => [unit.id, unit]));
  const drawn = [...boundaries].filter(([unit_id]) => {
    const unit = by_id.get(unit_id);
    return unit !== undefined && isUnitValidAt(unit, at_ms);
  });
  const cells = new Map<string, string[]>();
  for (const [unit_id, { box }] of drawn) {
    for (const cell of cellsOf(box)) cells.set(cell, [...(cells.get(cell) ?? []), unit_id]);
  }
  const is_drawn = new Set(drawn.map(([unit_id]) => unit_id));
  return {
    ...lineageOf(units, at_ms),
    at_ms,
    unit: (unit_id) => by_id.get(unit_id) ?? null,
    isValid: (unit_id) => by_id.has(unit_id) && isUnitValidAt(by_id.get(unit_id)!, at_ms),
    hasBoundary: (unit_id) => is_drawn.has(unit_id),
    find(position, level) {
      const inside: string[] = [];
      const border: string[] = [];
      for (const unit_id of cells.get(cellAt(toE7(position.longitude_deg), toE7(position.latitude_deg))) ??
        []) {
        if (by_id.get(unit_id)!.level !== level) continue;
        const where = locate(position, boundaries.get(unit_id)!);
        if (where === 'inside') inside.push(unit_id);
        if (where === 'border') border.push(unit_id);
      }
      return { inside, border };
    },
  };
}

function* cellsOf(box: BoxE7): Generator<string> {
  const west = Math.floor((box.west - MARGIN_E7) / CELL_E7);
  const east = Math.floor((box.east + MARGIN_E7) / CELL_E7);
  const south = Math.floor((box.south - MARGIN_E7) / CELL_E7);
  const north = Math.floor((box.north + MARGIN_E7) / CELL_E7);
  for (let x = west; x <= east; x += 1) for (let y = south; y <= north; y += 1) yield `${x}:${y}`;
}

function cellAt(x: number, y: number): string {
  return `${Math.floor(x / CELL_E7)}:${Math.floor(y / CELL_E7)}`;
}
