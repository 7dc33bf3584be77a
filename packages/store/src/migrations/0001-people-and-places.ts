import { holds, oneOf, type SchemaMigration } from './columns.ts';

/** Units, networks, schemes and sites; persons, accounts, appointments, sessions. */
export const peopleAndPlaces: SchemaMigration = {
  name: '0001_people_and_places',
  async up(db, { text, integer }) {
    await db.schema
      .createTable('units')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('code', text, (c) => c.notNull())
      .addColumn('name', text, (c) => c.notNull())
      .addColumn('level', text, (c) => c.notNull().check(oneOf('level', ['province', 'ward'])))
      .addColumn('parent_id', text, (c) => c.references('units.id'))
      .addColumn('valid_from_ms', integer, (c) => c.notNull())
      .addColumn('valid_to_ms', integer)
      .addUniqueConstraint('units_code_from', ['code', 'valid_from_ms'])
      .addCheckConstraint('units_validity', holds('valid_to_ms is null or valid_to_ms > valid_from_ms'))
      .addCheckConstraint('units_not_own_parent', holds('parent_id is null or parent_id <> id'))
      .execute();
    await db.schema.createIndex('units_parent').on('units').column('parent_id').execute();
    await db.schema
      .createTable('unit_successors')
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('successor_id', text, (c) => c.notNull().references('units.id'))
      .addPrimaryKeyConstraint('unit_successors_key', ['unit_id', 'successor_id'])
      .execute();
    await db.schema
      .createTable('networks')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('code', text, (c) => c.notNull().unique())
      .addColumn('name', text, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('schemes')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('code', text, (c) => c.notNull().unique())
      .addColumn('name', text, (c) => c.notNull())
      .addColumn('launched_at_ms', integer, (c) => c.notNull())
      .addColumn('status', text, (c) => c.notNull().check(oneOf('status', ['active', 'ended'])))
      .execute();
    await db.schema.createIndex('schemes_unit').on('schemes').columns(['unit_id', 'id']).execute();
    await db.schema
      .createTable('sites')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('scheme_id', text, (c) => c.notNull().references('schemes.id'))
      .addColumn('code', text, (c) => c.notNull().unique())
      .addColumn('name', text, (c) => c.notNull())
      .execute();
    await db.schema.createIndex('sites_scheme').on('sites').columns(['scheme_id', 'id']).execute();

    await db.schema
      .createTable('persons')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('badge_number', text, (c) => c.notNull().unique())
      .addColumn('full_name', text, (c) => c.notNull())
      .addColumn('created_at_ms', integer, (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('accounts')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('person_id', text, (c) => c.notNull().references('persons.id'))
      .addColumn('login', text, (c) => c.notNull())
      .addColumn('login_folded', text, (c) => c.notNull().unique())
      .addColumn('status', text, (c) => c.notNull().check(oneOf('status', ['active', 'closed'])))
      .addColumn('password_hash', text, (c) => c.notNull())
      .addColumn('created_at_ms', integer, (c) => c.notNull())
      .addColumn('closed_at_ms', integer)
      .execute();
    await db.schema.createIndex('accounts_person').on('accounts').column('person_id').execute();
    await db.schema
      .createTable('appointments')
      .addColumn('account_id', text, (c) => c.notNull().references('accounts.id'))
      .addColumn('role', text, (c) => c.notNull())
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addPrimaryKeyConstraint('appointments_key', ['account_id', 'role', 'unit_id'])
      .execute();
    await db.schema
      .createTable('sessions')
      .addColumn('token_sha256', text, (c) =>
        c.primaryKey().notNull().check(holds('length(token_sha256) = 64')),
      )
      .addColumn('account_id', text, (c) => c.notNull().references('accounts.id'))
      .addColumn('created_at_ms', integer, (c) => c.notNull())
      .addColumn('expires_at_ms', integer, (c) => c.notNull())
      .execute();
    await db.schema.createIndex('sessions_account').on('sessions').column('account_id').execute();
    await db.schema.createIndex('sessions_expiry').on('sessions').column('expires_at_ms').execute();
    await db.schema
      .createTable('sign_in_failures')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('key', text, (c) => c.notNull())
      .addColumn('at_ms', integer, (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('sign_in_failures_key')
      .on('sign_in_failures')
      .columns(['key', 'at_ms'])
      .execute();
    await db.schema.createIndex('sign_in_failures_age').on('sign_in_failures').column('at_ms').execute();
  },
};
