import { allRows } from './all-rows.ts';
import type { ReportDeps } from './deps.ts';
import { CLOCK_OFFSET_LIMIT_MS, CLOCKS_LISTED_MAX } from './limits.ts';

/** How far recorders' clocks are off. */
export interface ClockReport {
  readonly measured: number;
  readonly unmeasured: number;
  readonly limit_ms: number;
  readonly out_of_limit: readonly {
    readonly recorder_id: string;
    readonly recorder_code: string;
    readonly min_ms: number;
    readonly max_ms: number;
    readonly measured_at_ms: number;
  }[];
}

/** Clocks that are surely further off than the limit: the whole interval lies beyond it. */
export function reportClocks(deps: Pick<ReportDeps, 'store'>) {
  return async (unit_ids: readonly string[]): Promise<ClockReport> => {
    const out_of_limit: ClockReport['out_of_limit'][number][] = [];
    let measured = 0;
    let unmeasured = 0;
    for await (const recorder of allRows((page) => deps.store.recorders.list({ unit_ids }, page))) {
      const newest = (await deps.store.clockOffsets.historyOf(recorder.clock_id)).at(-1);
      if (newest === undefined) {
        unmeasured += 1;
        continue;
      }
      measured += 1;
      const { min_ms, max_ms, last_reading_ms } = newest;
      const is_out = min_ms > CLOCK_OFFSET_LIMIT_MS || max_ms < -CLOCK_OFFSET_LIMIT_MS;
      if (!is_out || out_of_limit.length >= CLOCKS_LISTED_MAX) continue;
      const { id: recorder_id, code: recorder_code } = recorder;
      out_of_limit.push({ recorder_id, recorder_code, min_ms, max_ms, measured_at_ms: last_reading_ms });
    }
    return { measured, unmeasured, limit_ms: CLOCK_OFFSET_LIMIT_MS, out_of_limit };
  };
}
