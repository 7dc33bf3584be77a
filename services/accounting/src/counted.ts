import type { Span } from '@minhchung/domain';
import type { CaseCounts, Counts, Page, PageRequest } from '@minhchung/store';
import type { ReportDeps } from './deps.ts';
import {
  casesUnderMap,
  type MapTotals,
  totalsUnderMap,
  type UnitLine,
  unitsUnderMap,
} from './map/counts-under-map.ts';
import { monthsUnderMap } from './map/months-under-map.ts';
import { countPerMonth, type MonthUnit } from './per-month.ts';

/** What counts are asked for: whose, of when, and under which map. */
export interface CountWish {
  /** Units the reader may see. */
  readonly scope: readonly string[];
  /** One unit with all below it. */
  readonly unit_id?: string | undefined;
  readonly span?: Span | undefined;
  /** Read under the map of this date; undefined: under each unit as it was when counted. */
  readonly as_of_ms?: number | undefined;
}

/** Counts of requests and items under either map. */
export function counted(deps: ReportDeps) {
  const { store } = deps;
  const filterOf = ({ span }: CountWish) => ({
    ...(span === undefined ? {} : { span }),
    now_ms: deps.time.now_ms(),
  });

  async function unitsOf({ scope, unit_id }: CountWish): Promise<readonly string[]> {
    if (unit_id === undefined) return scope;
    const below = new Set(await store.units.descendantIds(unit_id));
    return scope.filter((one) => below.has(one));
  }

  return {
    async totals(wish: CountWish): Promise<Counts | MapTotals> {
      const { as_of_ms } = wish;
      if (as_of_ms !== undefined) return totalsUnderMap(deps)({ ...wish, as_of_ms }, filterOf(wish));
      return store.counts.totals({ unit_ids: await unitsOf(wish), ...filterOf(wish) });
    },

    async perCase(wish: CountWish, page: PageRequest): Promise<Page<CaseCounts>> {
      const { as_of_ms } = wish;
      if (as_of_ms !== undefined) return casesUnderMap(deps)({ ...wish, as_of_ms }, filterOf(wish), page);
      return store.counts.perCase({ unit_ids: await unitsOf(wish), ...filterOf(wish) }, page);
    },

    async perMonth(wish: CountWish): Promise<MonthUnit[]> {
      const { as_of_ms } = wish;
      if (as_of_ms !== undefined) return monthsUnderMap(deps)({ ...wish, as_of_ms }, filterOf(wish));
      return countPerMonth(deps)(await unitsOf(wish), wish.span);
    },

    async perUnit(wish: CountWish): Promise<UnitLine[]> {
      const { as_of_ms } = wish;
      if (as_of_ms !== undefined) return unitsUnderMap(deps)({ ...wish, as_of_ms }, filterOf(wish));
      const lines: UnitLine[] = [];
      for (const row of await store.counts.perUnit({ unit_ids: await unitsOf(wish), ...filterOf(wish) })) {
        const unit = await store.units.byId(row.unit_id);
        lines.push({ ...row, unit_code: unit?.code ?? row.unit_id, unit_name: unit?.name ?? row.unit_id });
      }
      return lines.sort((a, b) => (a.unit_code < b.unit_code ? -1 : 1));
    },
  };
}
