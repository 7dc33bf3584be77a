import { holds, oneOf, type SchemaMigration } from './columns.ts';

/** Decisions, orders, clips, accesses and handovers; the audit trail. */
export const outcomesAndAudit: SchemaMigration = {
  name: '0006_outcomes_and_audit',
  async up(db, { text, integer }) {
    await db.schema
      .createTable('decisions')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('request_id', text, (c) => c.notNull().references('extraction_requests.id'))
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('person_id', text, (c) => c.notNull().references('persons.id'))
      .addColumn('account_id', text, (c) => c.notNull().references('accounts.id'))
      .addColumn('verdict', text, (c) => c.notNull().check(oneOf('verdict', ['approved', 'refused'])))
      .addColumn('reason', text, (c) => c.notNull())
      .addColumn('decided_at_ms', integer, (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('decisions_request')
      .on('decisions')
      .columns(['request_id', 'decided_at_ms'])
      .execute();
    await db.schema
      .createTable('orders')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('request_id', text, (c) => c.notNull().references('extraction_requests.id'))
      .addColumn('reference', text, (c) => c.notNull())
      .addColumn('recorded_at_ms', integer, (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('orders_request')
      .on('orders')
      .columns(['request_id', 'recorded_at_ms'])
      .execute();
    await db.schema
      .createTable('clips')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('item_id', text, (c) => c.notNull().unique().references('extraction_items.id'))
      .addColumn('attempt_prefix', text, (c) => c.notNull().unique())
      .addColumn('manifest_sha256', text, (c) => c.notNull().check(holds('length(manifest_sha256) = 64')))
      .addColumn('size_bytes', integer, (c) => c.notNull().check(holds('size_bytes >= 0')))
      .addColumn('found', text, (c) => c.notNull())
      .addColumn('gaps', text, (c) => c.notNull())
      .addColumn('archived_at_ms', integer, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('accesses')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('item_id', text, (c) => c.notNull().references('extraction_items.id'))
      .addColumn('account_id', text, (c) => c.notNull().references('accounts.id'))
      .addColumn('file_name', text, (c) => c.notNull())
      .addColumn('at_ms', integer, (c) => c.notNull())
      .execute();
    await db.schema.createIndex('accesses_item').on('accesses').columns(['item_id', 'at_ms']).execute();
    await db.schema
      .createTable('handovers')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('item_id', text, (c) => c.notNull().references('extraction_items.id'))
      .addColumn('account_id', text, (c) => c.notNull().references('accounts.id'))
      .addColumn('recipient', text, (c) => c.notNull())
      .addColumn('at_ms', integer, (c) => c.notNull())
      .execute();
    await db.schema.createIndex('handovers_item').on('handovers').columns(['item_id', 'at_ms']).execute();

    await db.schema
      .createTable('audit_events')
      .addColumn('sequence', integer, (c) => c.primaryKey().notNull())
      .addColumn('id', text, (c) => c.notNull().unique())
      .addColumn('at_ms', integer, (c) => c.notNull())
      .addColumn('act', text, (c) => c.notNull())
      .addColumn('account_id', text)
      .addColumn('person_id', text)
      .addColumn('unit_id', text)
      .addColumn('subject_kind', text, (c) => c.notNull())
      .addColumn('subject_id', text, (c) => c.notNull())
      .addColumn('outcome', text, (c) => c.notNull().check(oneOf('outcome', ['ok', 'denied', 'failed'])))
      .addColumn('details', text, (c) => c.notNull())
      .addColumn('leaf_sha256', text, (c) => c.notNull())
      .execute();
    const audit = (name: string, columns: string[]) =>
      db.schema.createIndex(name).on('audit_events').columns(columns).execute();
    await audit('audit_events_act', ['act', 'sequence']);
    await audit('audit_events_account', ['account_id', 'sequence']);
    await audit('audit_events_person', ['person_id', 'sequence']);
    await audit('audit_events_unit', ['unit_id', 'sequence']);
    await audit('audit_events_subject', ['subject_kind', 'subject_id', 'sequence']);
    await audit('audit_events_age', ['at_ms', 'sequence']);
    await db.schema
      .createTable('audit_head')
      .addColumn('id', integer, (c) => c.primaryKey().notNull().check(holds('id = 1')))
      .addColumn('sequence', integer, (c) => c.notNull())
      .addColumn('leaf_sha256', text, (c) => c.notNull())
      .execute();
    await db
      .insertInto('audit_head')
      .values({ id: 1, sequence: 0, leaf_sha256: '0'.repeat(64) })
      .execute();
  },
};
