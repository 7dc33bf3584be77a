import type { Span } from '@minhchung/domain';
import type { CaseCounts, Counts, Page, PageRequest } from '@minhchung/store';
import type { ReportDeps } from '../deps.ts';
import { placedItems } from './place-items.ts';
import { type MapReading, type MapWish, readingOf } from './reading.ts';
import { isNothing, NO_COUNTS, sumCounts } from './sum-counts.ts';

type Deps = Pick<ReportDeps, 'store'>;
type Filter = { readonly span?: Span; readonly now_ms?: number };

/** Totals under a map, and what may belong to it or not: counts of split units that nobody can place. */
export interface MapTotals extends Counts {
  readonly not_assignable: Counts;
}

/** One unit of the map. */
export interface UnitLine extends Counts {
  /** Null: what cannot be assigned to any unit of the map. */
  readonly unit_id: string | null;
  readonly unit_code: string;
  readonly unit_name: string;
}

/**
 * Totals as the map of a date has them. Over everything there is they are the totals of any other map: nothing is
 * lost and nothing doubled. Throws `UNIT_NOT_ON_MAP`.
 */
export function totalsUnderMap(deps: Deps) {
  return async (wish: MapWish, filter: Filter): Promise<MapTotals> => {
    const reading = await readingOf(deps.store, wish);
    let counts = await deps.store.counts.totals({ ...filter, unit_ids: reading.whole_ids });
    let not_assignable = NO_COUNTS;
    for await (const { row, placed_unit_id, figures } of placedItems(deps.store, reading, filter)) {
      const held = reading.holds(row.unit_id, placed_unit_id);
      if (held === 'yes') counts = sumCounts(counts, figures);
      if (held === 'maybe') not_assignable = sumCounts(not_assignable, figures);
    }
    return { ...counts, not_assignable };
  };
}

/** The same unit by unit, in order of code; what no unit can be given is a line of its own at the end. */
export function unitsUnderMap(deps: Deps) {
  return async (wish: MapWish, filter: Filter): Promise<UnitLine[]> => {
    const reading = await readingOf(deps.store, wish);
    const lines = new Map<string | null, Counts>();
    const add = (unit_id: string | null, figures: Partial<Counts>) =>
      lines.set(unit_id, sumCounts(lines.get(unit_id) ?? NO_COUNTS, figures));
    for (const row of await deps.store.counts.perUnit({ ...filter, unit_ids: reading.whole_ids })) {
      add(reading.targetOf(row.unit_id), row);
    }
    for await (const { row, placed_unit_id, figures } of placedItems(deps.store, reading, filter)) {
      if (reading.holds(row.unit_id, placed_unit_id) !== 'no') add(placed_unit_id, figures);
    }
    return [...lines]
      .filter(([, counts]) => !isNothing(counts))
      .map(([unit_id, counts]) => ({ unit_id, ...namesOf(reading, unit_id), ...counts }))
      .sort((a, b) => byCode(a, b));
  };
}

/** Counts per case; figures of items that belong to units the report is not about are taken away. */
export function casesUnderMap(deps: Deps) {
  return async (wish: MapWish, filter: Filter, page: PageRequest): Promise<Page<CaseCounts>> => {
    const reading = await readingOf(deps.store, wish);
    const unit_ids = [...reading.whole_ids, ...reading.split_ids];
    const found = await deps.store.counts.perCase({ ...filter, unit_ids }, page);
    const cases = new Map(found.rows.map((row) => [row.case_id, row]));
    const of_cases = { ...filter, case_ids: [...cases.keys()] };
    for await (const { row, placed_unit_id, figures } of placedItems(deps.store, reading, of_cases)) {
      if (reading.holds(row.unit_id, placed_unit_id) === 'yes') continue;
      const counted = cases.get(row.case_id);
      if (counted !== undefined) cases.set(row.case_id, { ...counted, ...sumCounts(counted, figures, -1) });
    }
    return { rows: [...cases.values()].filter((row) => !isNothing(row)), next: found.next };
  };
}

/** Code and name of a unit of the map; of none: what a reader sees instead. */
export function namesOf(reading: MapReading, unit_id: string | null) {
  if (unit_id === null) return { unit_code: '', unit_name: 'không xác định · not assignable' };
  const unit = reading.units.get(unit_id);
  return { unit_code: unit?.code ?? unit_id, unit_name: unit?.name ?? unit_id };
}

function byCode(a: UnitLine, b: UnitLine): number {
  if (a.unit_id === null || b.unit_id === null) return a.unit_id === null ? 1 : -1;
  return a.unit_code < b.unit_code ? -1 : a.unit_code > b.unit_code ? 1 : 0;
}
