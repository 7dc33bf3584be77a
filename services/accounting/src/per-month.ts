import type { Span } from '@minhchung/domain';
import { allRows } from './all-rows.ts';
import type { ReportDeps } from './deps.ts';

/** One month of one unit. */
export interface MonthUnit {
  readonly month: string;
  /** Null: what no unit of the map can be given. */
  readonly unit_id: string | null;
  readonly unit_code: string;
  readonly unit_name: string;
  readonly requests: number;
  readonly requested: number;
  readonly delivered: number;
}

/** Month × unit, by month and then by unit code; what is zero throughout is left out. */
export function countPerMonth(deps: Pick<ReportDeps, 'store'>) {
  return async (unit_ids: readonly string[], span: Span | undefined): Promise<MonthUnit[]> => {
    const wanted = new Set(unit_ids);
    const rows: MonthUnit[] = [];
    for await (const unit of allRows((page) => deps.store.units.list(page))) {
      if (!wanted.has(unit.id)) continue;
      const filter = { unit_ids: [unit.id], ...(span === undefined ? {} : { span }) };
      for (const counts of await deps.store.counts.byMonth(filter)) {
        rows.push({ ...counts, unit_id: unit.id, unit_code: unit.code, unit_name: unit.name });
      }
    }
    return rows.sort((a, b) => compare(a.month, b.month) || compare(a.unit_code, b.unit_code));
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
