import { PostgresAdapter, type RawBuilder, sql } from 'kysely';
import { among } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import type { RecorderPollTable } from '../schema/polls.ts';
import type { PollClaim } from './poll-repository.ts';

/** The row of a recorder that was just taken. */
export type TakenPoll = Pick<
  RecorderPollTable,
  | 'recorder_id'
  | 'lease_token'
  | 'last_polled_at_ms'
  | 'last_answered_at_ms'
  | 'failures_in_a_row'
  | 'refused_at_ms'
>;

/**
 * Takes what is due, in all networks at once or in one after the other. The end of the lease is written where the
 * due time is: what a dead poller held is due again when its lease ends, with no other rule to remember.
 */
export async function takeDue(tx: Db, claim: PollClaim): Promise<TakenPoll[]> {
  if (claim.networks === null) return await takeWhere(tx, claim, sql<boolean>`1 = 1`, claim.limit);
  const served = await sql<{ id: string }>`
    select id from networks where ${among('networks.code', claim.networks)} order by id`.execute(tx);
  const taken: TakenPoll[] = [];
  for (const { id } of served.rows) {
    if (taken.length >= claim.limit) break;
    const in_network = sql<boolean>`network_id = ${id}`;
    taken.push(...(await takeWhere(tx, claim, in_network, claim.limit - taken.length)));
  }
  return taken;
}

async function takeWhere(
  tx: Db,
  { owner, now_ms, lease_until_ms }: PollClaim,
  where: RawBuilder<boolean>,
  limit: number,
): Promise<TakenPoll[]> {
  // Claimers side by side pass over one another's rows. SQLite has one writer anyway.
  const is_postgres = tx.getExecutor().adapter instanceof PostgresAdapter;
  const locking = is_postgres ? sql`for update skip locked` : sql``;
  const taken = await sql<TakenPoll>`
    update recorder_polls
    set lease_owner = ${owner}, lease_until_ms = ${lease_until_ms}, due_at_ms = ${lease_until_ms},
      lease_token = lease_token + 1
    where recorder_id in (
      select recorder_id from recorder_polls
      where ${where} and due_at_ms <= ${now_ms}
      order by due_at_ms, recorder_id limit ${limit} ${locking})
    returning recorder_id, lease_token, last_polled_at_ms, last_answered_at_ms, failures_in_a_row,
      refused_at_ms`.execute(tx);
  return taken.rows;
}
