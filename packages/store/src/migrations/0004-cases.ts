import { holds, type SchemaMigration } from './columns.ts';

/** Tips, incidents, cases, holds. */
export const cases: SchemaMigration = {
  name: '0004_cases',
  async up(db, { text, integer, real }) {
    await db.schema
      .createTable('incidents')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('category', text, (c) => c.notNull())
      .addColumn('summary', text, (c) => c.notNull())
      .addColumn('latitude_deg', real, (c) => c.notNull())
      .addColumn('longitude_deg', real, (c) => c.notNull())
      .addColumn('span_start_ms', integer, (c) => c.notNull())
      .addColumn('span_end_ms', integer, (c) => c.notNull())
      .addColumn('created_at_ms', integer, (c) => c.notNull())
      .addColumn('clarified_at_ms', integer)
      .addColumn('search_text', text, (c) => c.notNull())
      .addCheckConstraint('incidents_span', holds('span_end_ms > span_start_ms'))
      .execute();
    await db.schema.createIndex('incidents_age').on('incidents').columns(['created_at_ms', 'id']).execute();
    await db.schema
      .createIndex('incidents_unit')
      .on('incidents')
      .columns(['unit_id', 'created_at_ms'])
      .execute();
    await db.schema
      .createTable('tips')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('incident_id', text, (c) => c.references('incidents.id'))
      .addColumn('channel', text, (c) => c.notNull())
      .addColumn('received_at_ms', integer, (c) => c.notNull())
      .addColumn('summary', text, (c) => c.notNull())
      .addColumn('of_value', integer, (c) => c.check(holds('of_value in (0, 1)')))
      .execute();
    await db.schema.createIndex('tips_age').on('tips').columns(['received_at_ms', 'id']).execute();
    await db.schema.createIndex('tips_unit').on('tips').columns(['unit_id', 'received_at_ms']).execute();
    await db.schema.createIndex('tips_incident').on('tips').column('incident_id').execute();
    await db.schema
      .createTable('cases')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('number', text, (c) => c.notNull())
      .addColumn('is_provisional', integer, (c) => c.notNull().check(holds('is_provisional in (0, 1)')))
      .addColumn('title', text, (c) => c.notNull())
      .addColumn('opened_at_ms', integer, (c) => c.notNull())
      .addColumn('closed_at_ms', integer)
      .addColumn('search_text', text, (c) => c.notNull())
      .addUniqueConstraint('cases_number', ['unit_id', 'number'])
      .execute();
    await db.schema.createIndex('cases_age').on('cases').columns(['opened_at_ms', 'id']).execute();
    await db.schema.createIndex('cases_unit').on('cases').columns(['unit_id', 'opened_at_ms']).execute();
    await db.schema
      .createTable('case_incidents')
      .addColumn('case_id', text, (c) => c.notNull().references('cases.id'))
      .addColumn('incident_id', text, (c) => c.notNull().references('incidents.id'))
      .addPrimaryKeyConstraint('case_incidents_key', ['case_id', 'incident_id'])
      .execute();
    await db.schema
      .createIndex('case_incidents_incident')
      .on('case_incidents')
      .column('incident_id')
      .execute();
    await db.schema
      .createTable('holds')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('case_id', text, (c) => c.notNull().references('cases.id'))
      .addColumn('reason', text, (c) => c.notNull())
      .addColumn('from_ms', integer, (c) => c.notNull())
      .addColumn('until_ms', integer)
      .execute();
    await db.schema.createIndex('holds_case').on('holds').columns(['case_id', 'from_ms']).execute();
  },
};
