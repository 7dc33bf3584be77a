import { sql } from 'kysely';
import { holds, oneOf, type SchemaMigration } from './columns.ts';

/** The work list of technicians, clocks read by eye, and how long footage was agreed to be kept. */
export const networkState: SchemaMigration = {
  name: '0013_network_state',
  async up(db, { text, integer }) {
    // No list of kinds here: a new kind of trouble is a matter of the rules, not of the schema.
    await db.schema
      .createTable('findings')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('kind', text, (c) => c.notNull())
      .addColumn('subject_kind', text, (c) =>
        c.notNull().check(oneOf('subject_kind', ['camera', 'recorder'])),
      )
      .addColumn('subject_id', text, (c) => c.notNull())
      .addColumn('camera_id', text, (c) => c.references('cameras.id'))
      .addColumn('recorder_id', text, (c) => c.notNull().references('recorders.id'))
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('since_ms', integer, (c) => c.notNull())
      .addColumn('opened_at_ms', integer, (c) => c.notNull())
      .addColumn('closed_at_ms', integer)
      .addColumn('closed_by', text)
      .addColumn('assigned_person_id', text, (c) => c.references('persons.id'))
      .addColumn('snoozed_until_ms', integer)
      .addColumn('details', text, (c) => c.notNull())
      .addCheckConstraint('findings_closed', holds('(closed_at_ms is null) = (closed_by is null)'))
      .execute();
    await sql`create unique index findings_open on findings (subject_id, kind, subject_kind)
      where closed_at_ms is null`.execute(db);
    await sql`create index findings_open_recorder on findings (recorder_id) where closed_at_ms is null`.execute(
      db,
    );
    await sql`create index findings_open_age on findings (since_ms, id) where closed_at_ms is null`.execute(
      db,
    );
    await sql`create index findings_open_unit on findings (unit_id, kind) where closed_at_ms is null`.execute(
      db,
    );
    await db.schema
      .createIndex('findings_subject')
      .on('findings')
      .columns(['subject_id', 'opened_at_ms'])
      .execute();

    await db.schema
      .createTable('finding_notes')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('finding_id', text, (c) => c.notNull().references('findings.id'))
      .addColumn('at_ms', integer, (c) => c.notNull())
      .addColumn('person_id', text, (c) => c.references('persons.id'))
      .addColumn('act', text, (c) =>
        c.notNull().check(oneOf('act', ['noted', 'assigned', 'unassigned', 'snoozed', 'woken'])),
      )
      .addColumn('text', text, (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('finding_notes_finding')
      .on('finding_notes')
      .columns(['finding_id', 'at_ms'])
      .execute();

    await db.schema
      .createTable('camera_clocks')
      .addColumn('camera_id', text, (c) => c.primaryKey().notNull().references('cameras.id'))
      .addColumn('clock_id', text, (c) => c.notNull().unique().references('clocks.id'))
      .execute();
    await db.schema.createIndex('recorders_clock').on('recorders').columns(['clock_id']).execute();

    await db.schema
      .createTable('clock_challenges')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('clock_id', text, (c) => c.notNull().references('clocks.id'))
      .addColumn('person_id', text, (c) => c.notNull().references('persons.id'))
      .addColumn('issued_at_ms', integer, (c) => c.notNull())
      .addColumn('used_at_ms', integer)
      .execute();
    await db.schema
      .createIndex('clock_challenges_issued')
      .on('clock_challenges')
      .columns(['issued_at_ms'])
      .execute();

    await db.schema
      .createTable('retention_agreed')
      .addColumn('subject_kind', text, (c) => c.notNull().check(oneOf('subject_kind', ['camera', 'scheme'])))
      .addColumn('subject_id', text, (c) => c.notNull())
      .addColumn('days', integer, (c) => c.notNull().check(holds('days between 1 and 3650')))
      .addColumn('set_at_ms', integer, (c) => c.notNull())
      .addColumn('set_by', text, (c) => c.references('persons.id'))
      .addPrimaryKeyConstraint('retention_agreed_key', ['subject_kind', 'subject_id'])
      .execute();
  },
};
