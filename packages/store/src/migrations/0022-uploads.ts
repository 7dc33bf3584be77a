import { sql } from 'kysely';
import { type ColumnTypes, holds, type MigrationDb, oneOf, type SchemaMigration } from './columns.ts';

/** Footage that people hand in: links that let owners do so, and the files. */
export const uploads: SchemaMigration = {
  name: '0022_uploads',
  async up(db, types) {
    await links(db, types);
    await files(db, types);
  },
};

async function links(db: MigrationDb, { text, integer }: ColumnTypes): Promise<void> {
  const states = ['due', 'sent', 'by_hand', 'handed_over', 'dropped'];
  await db.schema
    .createTable('upload_links')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('item_id', text, (c) => c.notNull().references('extraction_items.id'))
    .addColumn('owner_id', text, (c) => c.references('owners.id'))
    .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
    .addColumn('made_by_person_id', text, (c) => c.notNull().references('persons.id'))
    .addColumn('token_sha256', text, (c) => c.notNull().unique().check(holds('length(token_sha256) = 64')))
    .addColumn('session_sha256', text, (c) => c.unique())
    .addColumn('created_at_ms', integer, (c) => c.notNull())
    .addColumn('expires_at_ms', integer, (c) => c.notNull())
    .addColumn('opened_at_ms', integer)
    .addColumn('ended_at_ms', integer)
    .addColumn('mail_state', text, (c) => c.notNull().check(oneOf('mail_state', states)))
    .addColumn('mail_attempts', integer, (c) => c.notNull())
    .addColumn('mail_not_before_ms', integer, (c) => c.notNull())
    .addColumn('mail_reason', text)
    .addCheckConstraint('upload_links_opened', holds('(opened_at_ms is null) = (session_sha256 is null)'))
    .execute();
  await db.schema.createIndex('upload_links_item').on('upload_links').columns(['item_id', 'id']).execute();
  await db.schema
    .createIndex('upload_links_mail')
    .on('upload_links')
    .columns(['mail_state', 'mail_not_before_ms', 'id'])
    .execute();
}

async function files(db: MigrationDb, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('uploads')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('item_id', text, (c) => c.notNull().references('extraction_items.id'))
    .addColumn('link_id', text, (c) => c.references('upload_links.id'))
    .addColumn('account_id', text, (c) => c.references('accounts.id'))
    .addColumn('person_id', text, (c) => c.references('persons.id'))
    .addColumn('way', text, (c) => c.notNull().check(oneOf('way', ['link', 'desk'])))
    .addColumn('handed_in_by', text, (c) =>
      c.notNull().check(oneOf('handed_in_by', ['owner', 'officer', 'technician'])),
    )
    .addColumn('file_name', text, (c) => c.notNull())
    .addColumn('native_name', text, (c) => c.notNull())
    .addColumn('file_modified_ms', integer)
    .addColumn('size_bytes', integer, (c) => c.notNull().check(holds('size_bytes > 0')))
    .addColumn('received_bytes', integer, (c) => c.notNull())
    .addColumn('sha256', text, (c) => c.check(holds('length(sha256) = 64')))
    .addColumn('state', text, (c) =>
      c.notNull().check(oneOf('state', ['receiving', 'received', 'kept', 'removed'])),
    )
    .addColumn('declared', text, (c) => c.notNull())
    .addColumn('check_json', text)
    .addColumn('archive_key', text)
    .addColumn('created_at_ms', integer, (c) => c.notNull())
    .addColumn('updated_at_ms', integer, (c) => c.notNull())
    .addColumn('expires_at_ms', integer, (c) => c.notNull())
    .addColumn('received_at_ms', integer)
    .addColumn('released_at_ms', integer)
    .addColumn('let_go_at_ms', integer)
    .addCheckConstraint('uploads_whole', holds('received_bytes >= 0 and received_bytes <= size_bytes'))
    .addCheckConstraint('uploads_way', holds("(way = 'link') = (link_id is not null)"))
    .addCheckConstraint('uploads_desk', holds("(way = 'desk') = (person_id is not null)"))
    .addCheckConstraint(
      'uploads_kept',
      holds("state <> 'kept' or (sha256 is not null and archive_key is not null)"),
    )
    .execute();
  await db.schema.createIndex('uploads_item').on('uploads').columns(['item_id', 'id']).execute();
  await db.schema.createIndex('uploads_link').on('uploads').column('link_id').execute();
  await db.schema.createIndex('uploads_account').on('uploads').column('account_id').execute();
  await sql`create index uploads_unfinished on uploads (state, updated_at_ms)
    where state in ('receiving', 'received')`.execute(db);
  await sql`create index uploads_held on uploads (item_id) where let_go_at_ms is null`.execute(db);
  await sql`create index uploads_unreleased on uploads (updated_at_ms)
    where state = 'kept' and released_at_ms is null`.execute(db);
}
