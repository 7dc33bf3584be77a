import { type ColumnTypes, holds, type MigrationDb, oneOf, type SchemaMigration } from './columns.ts';

/** Where devices of a network may be, certificates of recorders, stills looked at while trying a device. */
export const reachAndProbe: SchemaMigration = {
  name: '0011_reach_and_probe',
  async up(db, types) {
    await db.schema
      .alterTable('networks')
      .addColumn('cidrs', types.text, (c) => c.notNull().defaultTo('[]'))
      .execute();
    await certificates(db, types);
    await stills(db, types);
    await stillCodes(db, types);
  },
};

/** One row in force per recorder; earlier ones and refused candidates are kept. */
async function certificates(db: MigrationDb, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('recorder_certificates')
    .addColumn('recorder_id', text, (c) => c.notNull().references('recorders.id'))
    .addColumn('fingerprint_sha256', text, (c) => c.notNull())
    .addColumn('first_seen_ms', integer, (c) => c.notNull())
    .addColumn('is_trusted', 'integer', (c) => c.notNull().check(holds('is_trusted in (0, 1)')))
    .addColumn('confirmed_by', text, (c) => c.references('persons.id'))
    .addColumn('replaced_at_ms', integer)
    .addPrimaryKeyConstraint('recorder_certificates_key', ['recorder_id', 'fingerprint_sha256'])
    .execute();
  await db.schema
    .createIndex('recorder_certificates_trusted')
    .unique()
    .on('recorder_certificates')
    .column('recorder_id')
    .where(holds('is_trusted = 1 and replaced_at_ms is null'))
    .execute();
}

async function stills(db: MigrationDb, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('probe_stills')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('at_ms', integer, (c) => c.notNull())
    .addColumn('account_id', text, (c) => c.notNull().references('accounts.id'))
    .addColumn('person_id', text, (c) => c.notNull().references('persons.id'))
    .addColumn('camera_id', text, (c) => c.notNull().references('cameras.id'))
    .addColumn('allowed_by', text, (c) =>
      c.notNull().check(oneOf('allowed_by', ['community', 'agreement', 'owner_code'])),
    )
    .execute();
  for (const column of ['account_id', 'camera_id']) {
    await db.schema
      .createIndex(`probe_stills_${column}`)
      .on('probe_stills')
      .columns([column, 'at_ms', 'id'])
      .execute();
  }
}

/** Codes an owner hands to a technician for one look; only their digests are kept. */
async function stillCodes(db: MigrationDb, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('still_codes')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('camera_id', text, (c) => c.notNull().references('cameras.id'))
    .addColumn('code_sha256', text, (c) => c.notNull())
    .addColumn('made_at_ms', integer, (c) => c.notNull())
    .addColumn('expires_at_ms', integer, (c) => c.notNull())
    .addColumn('used_at_ms', integer)
    .addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('still_codes_camera')
    .on('still_codes')
    .columns(['camera_id', 'made_at_ms'])
    .execute();
}
