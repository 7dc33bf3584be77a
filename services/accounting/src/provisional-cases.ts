import type { Case } from '@minhchung/domain';
import { allRows } from './all-rows.ts';
import type { ReportDeps } from './deps.ts';
import { PROVISIONAL_CASE_DAYS_MAX } from './limits.ts';

const DAY_MS = 86_400_000;

/** Cases whose provisional number is older than it may be, newest first. Closing a case does not excuse it. */
export function listProvisionalCases(deps: ReportDeps) {
  return async (unit_ids: readonly string[]): Promise<Case[]> => {
    const overdue: Case[] = [];
    const opened_before_ms = deps.time.now_ms() - PROVISIONAL_CASE_DAYS_MAX * DAY_MS;
    for await (const record of allRows((page) => deps.store.cases.list({ unit_ids }, page))) {
      if (record.is_provisional && record.opened_at_ms <= opened_before_ms) overdue.push(record);
    }
    return overdue;
  };
}
