import { sql } from 'kysely';
import { takeDue } from '../polls/claim.ts';
import { withDetails } from '../polls/details.ts';
import type { PollRepository } from '../polls/poll-repository.ts';
import { writeReports } from '../polls/report.ts';
import { atomically } from '../query/atomically.ts';
import { among, inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';

export function pollRepository(db: Db): PollRepository {
  return {
    claim: (claim) => atomically(db, async (tx) => withDetails(tx, await takeDue(tx, claim))),

    report: (owner, reports) => atomically(db, (tx) => writeReports(tx, owner, reports)),

    async makeDue(networks, now_ms) {
      const served =
        networks === null
          ? sql<boolean>`1 = 1`
          : sql<boolean>`network_id in (select id from networks where ${among('networks.code', networks)})`;
      const result = await db
        .updateTable('recorder_polls')
        .set({ due_at_ms: now_ms })
        .where('due_at_ms', '>', now_ms)
        .where((eb) => eb.or([eb('lease_owner', 'is', null), eb('lease_until_ms', '<=', now_ms)]))
        .where(served)
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },

    ofRecorders: (recorder_ids) =>
      inParts(recorder_ids, async (part) => {
        const rows = await db
          .selectFrom('recorder_polls')
          .selectAll()
          .where('recorder_id', 'in', part)
          .execute();
        return rows.map(({ network_id: _, ...row }) => row);
      }),
  };
}
