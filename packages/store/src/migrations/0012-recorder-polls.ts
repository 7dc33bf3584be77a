import { sql } from 'kysely';
import { holds, type SchemaMigration } from './columns.ts';

/** Polls claimed by lease; states and coverages whose end is read from the poll of their recorder. */
export const recorderPolls: SchemaMigration = {
  name: '0012_recorder_polls',
  async up(db, { text, integer }) {
    await db.schema
      .createTable('recorder_polls')
      .addColumn('recorder_id', text, (c) => c.primaryKey().notNull().references('recorders.id'))
      .addColumn('network_id', text, (c) => c.notNull().references('networks.id'))
      .addColumn('due_at_ms', integer)
      .addColumn('lease_owner', text)
      .addColumn('lease_until_ms', integer)
      .addColumn('lease_token', integer, (c) => c.notNull().defaultTo(0))
      .addColumn('last_polled_at_ms', integer)
      .addColumn('last_answered_at_ms', integer)
      .addColumn('failures_in_a_row', integer, (c) => c.notNull().defaultTo(0))
      .addColumn('refused_at_ms', integer)
      .addCheckConstraint(
        'recorder_polls_lease_whole',
        holds('(lease_owner is null) = (lease_until_ms is null)'),
      )
      .execute();
    await sql`create index recorder_polls_due on recorder_polls (due_at_ms, recorder_id)
      where due_at_ms is not null`.execute(db);
    await sql`create index recorder_polls_network_due on recorder_polls (network_id, due_at_ms, recorder_id)
      where due_at_ms is not null`.execute(db);

    await db.schema
      .alterTable('observations')
      .addColumn('recorder_id', text, (c) => c.references('recorders.id'))
      .execute();
    await db.schema
      .alterTable('coverages')
      .addColumn('recorder_id', text, (c) => c.references('recorders.id'))
      .execute();
    await db.schema
      .alterTable('coverages')
      .addColumn('grows', integer, (c) => c.notNull().defaultTo(0).check(holds('grows in (0, 1)')))
      .execute();

    // Everything is due at once. States and coverages keep their own ends until the next poll takes them over.
    await sql`
      insert into recorder_polls (recorder_id, network_id, due_at_ms, last_polled_at_ms)
      select recorders.id, recorders.network_id,
        case when (recorders.device_url is not null or recorders.folder_path is not null)
          and exists (select 1 from cameras where cameras.recorder_id = recorders.id
            and cameras.retired_at_ms is null and cameras.reach = 'polled') then 0 else null end,
        (select max(observations.until_ms) from observations join cameras on cameras.id = observations.camera_id
          where cameras.recorder_id = recorders.id and observations.is_current = 1)
      from recorders`.execute(db);
  },
};
