import { sql } from 'kysely';
import { type ColumnTypes, holds, type MigrationDb, oneOf, type SchemaMigration } from './columns.ts';

/** Registrations by owners, their links and sessions, the outbox, attestations, answers. */
export const owners: SchemaMigration = {
  name: '0009_owners',
  async up(db, types) {
    await registrations(db, types);
    await links(db, types);
    await outbox(db, types);
    await words(db, types);
  },
};

async function registrations(db: MigrationDb, { text, integer, real }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('registrations')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
    .addColumn('state', text, (c) => c.notNull().check(oneOf('state', ['waiting', 'confirmed', 'declined'])))
    .addColumn('submitted_at_ms', integer, (c) => c.notNull())
    .addColumn('submission_sha256', text, (c) => c.notNull().unique())
    .addColumn('name', text, (c) => c.notNull())
    .addColumn('phone', text, (c) => c.notNull())
    .addColumn('email', text)
    .addColumn('address', text)
    .addColumn('latitude_deg', real)
    .addColumn('longitude_deg', real)
    .addColumn('looks_at', text, (c) => c.notNull())
    .addColumn('maker', text)
    .addColumn('mode', text, (c) => c.notNull().check(oneOf('mode', ['automatic', 'ask_first'])))
    .addColumn('purposes', text, (c) => c.notNull())
    .addColumn('from_minute', integer)
    .addColumn('to_minute', integer)
    .addColumn('decided_at_ms', integer)
    .addColumn('decided_by_person_id', text, (c) => c.references('persons.id'))
    .addColumn('decline_reason', text)
    .addColumn('camera_id', text, (c) => c.references('cameras.id'))
    .addCheckConstraint(
      'registrations_decided',
      holds(
        "(state = 'waiting') = (decided_at_ms is null) and (state = 'confirmed') = (camera_id is not null)",
      ),
    )
    .execute();
  await db.schema
    .createIndex('registrations_unit')
    .on('registrations')
    .columns(['unit_id', 'state', 'id'])
    .execute();
  await db.schema
    .createTable('form_submissions')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('origin', text, (c) => c.notNull())
    .addColumn('at_ms', integer, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('form_submissions_origin')
    .on('form_submissions')
    .columns(['origin', 'at_ms'])
    .execute();
  await db.schema.createIndex('form_submissions_at').on('form_submissions').column('at_ms').execute();
}

async function links(db: MigrationDb, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('owner_contacts')
    .addColumn('owner_id', text, (c) => c.primaryKey().notNull().references('owners.id'))
    .addColumn('email', text, (c) => c.notNull())
    .addColumn('set_at_ms', integer, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('owner_contacts_email').on('owner_contacts').column('email').execute();
  await db.schema
    .createTable('owner_links')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('kind', text, (c) => c.notNull().check(oneOf('kind', ['confirm_agreement', 'owner_page'])))
    .addColumn('owner_id', text, (c) => c.notNull().references('owners.id'))
    .addColumn('agreement_id', text, (c) => c.references('agreements.id'))
    .addColumn('token_sha256', text, (c) => c.notNull().unique().check(holds('length(token_sha256) = 64')))
    .addColumn('created_at_ms', integer, (c) => c.notNull())
    .addColumn('expires_at_ms', integer, (c) => c.notNull())
    .addColumn('ended_at_ms', integer)
    .addCheckConstraint(
      'owner_links_agreement',
      holds("(kind = 'confirm_agreement') = (agreement_id is not null)"),
    )
    .execute();
  await db.schema.createIndex('owner_links_agreement_id').on('owner_links').column('agreement_id').execute();
  await db.schema.createIndex('owner_links_owner').on('owner_links').columns(['owner_id', 'id']).execute();
  await db.schema
    .createTable('owner_sessions')
    .addColumn('token_sha256', text, (c) => c.primaryKey().notNull())
    .addColumn('owner_id', text, (c) => c.notNull().references('owners.id'))
    .addColumn('created_at_ms', integer, (c) => c.notNull())
    .addColumn('expires_at_ms', integer, (c) => c.notNull())
    .execute();
  await db.schema.createIndex('owner_sessions_expiry').on('owner_sessions').column('expires_at_ms').execute();
}

async function outbox(db: MigrationDb, { text, integer }: ColumnTypes): Promise<void> {
  const kinds = ['confirm_agreement', 'confirm_reminder', 'item_to_answer', 'owner_page'];
  const states = ['due', 'sent', 'by_hand', 'handed_over', 'dropped'];
  await db.schema
    .createTable('outbox')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('dedupe_key', text, (c) => c.notNull().unique())
    .addColumn('kind', text, (c) => c.notNull().check(oneOf('kind', kinds)))
    .addColumn('link_id', text, (c) => c.notNull().references('owner_links.id'))
    .addColumn('owner_id', text, (c) => c.notNull().references('owners.id'))
    .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
    .addColumn('state', text, (c) => c.notNull().check(oneOf('state', states)))
    .addColumn('attempts', integer, (c) => c.notNull())
    .addColumn('not_before_ms', integer, (c) => c.notNull())
    .addColumn('lease_until_ms', integer, (c) => c.notNull())
    .addColumn('created_at_ms', integer, (c) => c.notNull())
    .addColumn('ended_at_ms', integer)
    .addColumn('last_reason', text)
    .execute();
  const outbox_index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('outbox').columns(columns).execute();
  await outbox_index('outbox_due', ['state', 'not_before_ms', 'id']);
  await outbox_index('outbox_by_hand', ['state', 'unit_id', 'id']);
}

async function words(db: MigrationDb, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('attestations')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('camera_id', text, (c) => c.notNull().references('cameras.id'))
    .addColumn('kind', text, (c) =>
      c.notNull().check(oneOf('kind', ['visit', 'owner_confirmation', 'upload'])),
    )
    .addColumn('at_ms', integer, (c) => c.notNull())
    .addColumn('works', integer, (c) => c.notNull().check(holds('works in (0, 1)')))
    .addColumn('person_id', text, (c) => c.references('persons.id'))
    .addColumn('note', text)
    .execute();
  await db.schema
    .createIndex('attestations_camera')
    .on('attestations')
    .columns(['camera_id', 'at_ms', 'id'])
    .execute();
  await db.schema.createIndex('cameras_reach').on('cameras').columns(['reach', 'id']).execute();
  await sql`create index agreements_unconfirmed on agreements (confirmed_at_ms)
    where withdrawn_at_ms is null`.execute(db);
  await db.schema
    .createTable('owner_answers')
    .addColumn('item_id', text, (c) => c.primaryKey().notNull().references('extraction_items.id'))
    .addColumn('owner_id', text, (c) => c.notNull().references('owners.id'))
    .addColumn('verdict', text, (c) => c.notNull().check(oneOf('verdict', ['accepted', 'refused'])))
    .addColumn('reason', text)
    .addColumn('at_ms', integer, (c) => c.notNull())
    .execute();
}
