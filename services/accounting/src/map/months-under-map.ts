import type { Span } from '@minhchung/domain';
import type { ReportDeps } from '../deps.ts';
import type { MonthUnit } from '../per-month.ts';
import { namesOf } from './counts-under-map.ts';
import { placedItems } from './place-items.ts';
import { type MapWish, readingOf } from './reading.ts';

type Figures = Pick<MonthUnit, 'requests' | 'requested' | 'delivered'>;

/** Month × unit of the map, by month and then by unit code; what no unit can be given comes last. */
export function monthsUnderMap(deps: Pick<ReportDeps, 'store'>) {
  return async (wish: MapWish, filter: { readonly span?: Span }): Promise<MonthUnit[]> => {
    const { counts } = deps.store;
    const reading = await readingOf(deps.store, wish);
    const rows = new Map<string, MonthUnit>();
    const add = (month: string | null, unit_id: string | null, figures: Partial<Figures>) => {
      if (month === null) return;
      const key = `${month} ${unit_id ?? ''}`;
      const row = rows.get(key) ?? { month, unit_id, ...namesOf(reading, unit_id), ...NOTHING };
      rows.set(key, {
        ...row,
        requests: row.requests + (figures.requests ?? 0),
        requested: row.requested + (figures.requested ?? 0),
        delivered: row.delivered + (figures.delivered ?? 0),
      });
    };
    for (const id of reading.whole_ids) {
      for (const row of await counts.byMonth({ ...filter, unit_ids: [id] })) {
        add(row.month, reading.targetOf(id), row);
      }
    }
    for await (const { row, placed_unit_id, figures } of placedItems(deps.store, reading, filter)) {
      if (reading.holds(row.unit_id, placed_unit_id) === 'no') continue;
      const { requests, requested, delivered } = figures;
      add(row.submitted_month, placed_unit_id, {
        ...(requests === undefined ? {} : { requests }),
        ...(requested === undefined ? {} : { requested }),
      });
      add(row.delivered_month, placed_unit_id, delivered === undefined ? {} : { delivered });
    }
    return [...rows.values()]
      .filter((row) => row.requests + row.requested + row.delivered > 0)
      .sort((a, b) => compare(a.month, b.month) || compare(order(a), order(b)));
  };
}

const NOTHING: Figures = { requests: 0, requested: 0, delivered: 0 };

function order(row: MonthUnit): string {
  return row.unit_id === null ? '\uffff' : row.unit_code;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
