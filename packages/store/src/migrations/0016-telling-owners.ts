import { sql } from 'kysely';
import type { SchemaMigration } from './columns.ts';

/** Delays of telling owners, and which letter told an owner of which item. */
export const tellingOwners: SchemaMigration = {
  name: '0016_telling_owners',
  async up(db, { text, integer }) {
    await db.schema
      .createTable('notice_delays')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('request_id', text, (c) => c.notNull().references('extraction_requests.id'))
      .addColumn('decision_id', text, (c) => c.references('decisions.id'))
      .addColumn('until_ms', integer, (c) => c.notNull())
      .addColumn('reason', text, (c) => c.notNull())
      .addColumn('person_id', text, (c) => c.notNull().references('persons.id'))
      .addColumn('account_id', text, (c) => c.notNull().references('accounts.id'))
      .addColumn('recorded_at_ms', integer, (c) => c.notNull())
      .addCheckConstraint('notice_delays_ahead', sql`until_ms > recorded_at_ms`)
      .execute();
    await db.schema
      .createIndex('notice_delays_request')
      .on('notice_delays')
      .columns(['request_id', 'recorded_at_ms'])
      .execute();
    await db.schema
      .createTable('item_announcements')
      .addColumn('item_id', text, (c) => c.primaryKey().notNull().references('extraction_items.id'))
      .addColumn('entry_id', text, (c) => c.notNull().references('outbox.id'))
      .execute();
    await db.schema
      .createIndex('item_announcements_entry')
      .on('item_announcements')
      .column('entry_id')
      .execute();
    await db.schema
      .createIndex('outbox_owner')
      .on('outbox')
      .columns(['owner_id', 'kind', 'created_at_ms'])
      .execute();
    // Until now a letter told of one item, and named it in its key.
    await sql`insert into item_announcements (item_id, entry_id)
      select extraction_items.id, outbox.id from outbox
      join extraction_items on outbox.dedupe_key = 'item:' || extraction_items.id`.execute(db);
  },
};
