import { CodedError, type Unit, type UnitMap } from '@minhchung/domain';
import { loadUnitMapOf, loadUnits, type Store } from '@minhchung/store';

/** Which units a report is about, by the map of some date. */
export interface MapWish {
  /** The date whose map the counts are read under. */
  readonly as_of_ms: number;
  /** Units the reader may see. */
  readonly scope: readonly string[];
  /** One unit with all below it; undefined: everything the reader may see. */
  readonly unit_id?: string | undefined;
}

/** How counts of units of any time are read under the map of one date. */
export interface MapReading {
  readonly map: UnitMap;
  readonly units: ReadonlyMap<string, Unit>;
  /** Units that stand for one of the map whole, or for none: they are read as they are. */
  readonly whole_ids: readonly string[];
  /** Units that stand for several of the map: their items are placed one by one. */
  readonly split_ids: readonly string[];
  /** The unit of the map that a whole one stands for; null: none is known. */
  targetOf(unit_id: string): string | null;
  /**
   * Whether something belongs to the report: placed in one of its units; not placed, but wherever it belongs it is one
   * of them; `maybe`: it may belong to one of them.
   */
  holds(unit_id: string, placed_unit_id: string | null): 'yes' | 'no' | 'maybe';
}

/** Throws `UNKNOWN_UNIT` for a unit that does not exist on the map. */
export async function readingOf(
  store: Pick<Store, 'units' | 'boundaries'>,
  wish: MapWish,
): Promise<MapReading> {
  const { as_of_ms, scope, unit_id } = wish;
  const all = await loadUnits(store);
  const units = new Map(all.map((unit) => [unit.id, unit]));
  const bare = await loadUnitMapOf(store, all, [], as_of_ms);
  const below = unit_id === undefined ? null : new Set(await store.units.descendantIds(unit_id));
  const mine = scope.filter((id) => below === null || below.has(id));
  const targets = new Set(mine.filter((id) => bare.isValid(id)));
  if (unit_id !== undefined && !bare.isValid(unit_id))
    throw new CodedError('UNIT_NOT_ON_MAP', { unit: units.get(unit_id)?.code ?? unit_id });
  const is_mine = new Set(mine);
  const whole_ids: string[] = [];
  const split_ids: string[] = [];
  for (const { id } of all) {
    const stand_ins = bare.standIns(id);
    if (stand_ins.length === 0 ? is_mine.has(id) : stand_ins.length === 1 && targets.has(stand_ins[0]!)) {
      whole_ids.push(id);
    } else if (stand_ins.length > 1 && stand_ins.some((one) => targets.has(one))) {
      split_ids.push(id);
    }
  }
  const drawn = new Set(split_ids.flatMap((id) => bare.standIns(id)));
  const map = await loadUnitMapOf(store, all, [...drawn], as_of_ms);
  return {
    ...{ map, units, whole_ids, split_ids },
    targetOf: (id) => map.standIns(id)[0] ?? null,
    holds(id, placed) {
      if (placed !== null) return targets.has(placed) ? 'yes' : 'no';
      const stand_ins = map.standIns(id);
      if (stand_ins.every((one) => targets.has(one))) return 'yes';
      return stand_ins.some((one) => targets.has(one)) ? 'maybe' : 'no';
    },
  };
}
