import { sql } from 'kysely';
import type { Db } from '../query/insert.ts';
import type { PollReport } from './poll-repository.ts';

/** Writes all reports whose lease still holds, in one statement; returns their recorders. */
export async function writeReports(
  tx: Db,
  owner: string,
  reports: readonly PollReport[],
): Promise<ReadonlySet<string>> {
  if (reports.length === 0) return new Set();
  const values = reports.map(
    (report) => sql`(
      cast(${report.recorder_id} as text), cast(${report.lease_token} as bigint), cast(${report.at_ms} as bigint),
      cast(${report.is_answered ? report.at_ms : null} as bigint), cast(${report.due_at_ms} as bigint),
      cast(${report.failures_in_a_row} as bigint), cast(${report.refused_at_ms} as bigint))`,
  );
  // Both engines call the columns of a list of values column1, column2, …
  const written = await sql<{ recorder_id: string }>`
    update recorder_polls
    set last_polled_at_ms = news.column3,
      last_answered_at_ms = coalesce(news.column4, last_answered_at_ms),
      due_at_ms = case when due_at_ms is null then null else news.column5 end,
      failures_in_a_row = news.column6, refused_at_ms = news.column7,
      lease_owner = null, lease_until_ms = null
    from (values ${sql.join(values)}) as news
    where recorder_polls.recorder_id = news.column1 and recorder_polls.lease_token = news.column2
      and recorder_polls.lease_owner = ${owner}
    returning recorder_polls.recorder_id`.execute(tx);
  return new Set(written.rows.map(({ recorder_id }) => recorder_id));
}
