import { deviceKey } from '@minhchung/domain';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { holds, type MigrationDb, oneOf, type SchemaMigration } from './columns.ts';

/**
 * Who changed what in the register; what editing it needs: mounting, the end of a scheme, notice and hosts of an
 * agreement, a recorder's channels, the comparable address of a device, keys of sealed secrets.
 */
export const registerChanges: SchemaMigration = {
  name: '0008_register_changes',
  async up(db, { text, integer }) {
    // Like the audit trail it refers to nothing: history outlives what it tells of.
    await db.schema
      .createTable('registry_changes')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('at_ms', integer, (c) => c.notNull())
      .addColumn('person_id', text)
      .addColumn('account_id', text)
      .addColumn('act', text, (c) => c.notNull())
      .addColumn('subject_kind', text, (c) => c.notNull())
      .addColumn('subject_id', text, (c) => c.notNull())
      .addColumn('unit_id', text)
      .addColumn('before_json', text, (c) => c.notNull())
      .addColumn('after_json', text, (c) => c.notNull())
      .execute();
    await db.schema
      .createIndex('registry_changes_subject')
      .on('registry_changes')
      .columns(['subject_kind', 'subject_id', 'at_ms', 'id'])
      .execute();

    await db.schema
      .alterTable('cameras')
      .addColumn('mounting', text, (c) =>
        c.check(oneOf('mounting', ['wall', 'pole', 'ceiling', 'roof', 'gate', 'indoor', 'other'])),
      )
      .execute();
    await db.schema.alterTable('schemes').addColumn('ended_at_ms', integer).execute();
    await db.schema.alterTable('agreements').addColumn('notice_at_ms', integer).execute();
    await db.schema.alterTable('agreements').addColumn('notice_how', text).execute();
    await db.schema.alterTable('agreements').addColumn('power_host', text).execute();
    await db.schema.alterTable('agreements').addColumn('network_host', text).execute();

    await db.schema.alterTable('recorders').addColumn('device_key', text).execute();
    await fillDeviceKeys(db);
    await db.schema
      .createIndex('recorders_device')
      .on('recorders')
      .columns(['network_id', 'device_key'])
      .execute();
    await db.schema
      .createTable('recorder_channels')
      .addColumn('recorder_id', text, (c) => c.notNull().references('recorders.id'))
      .addColumn('source_token', text, (c) => c.notNull())
      .addColumn('name', text)
      .addColumn('seen_at_ms', integer, (c) => c.notNull())
      .addPrimaryKeyConstraint('recorder_channels_key', ['recorder_id', 'source_token'])
      .execute();

    await db.schema.alterTable('recorder_credentials').addColumn('key_id', text).execute();
    await db.schema
      .createTable('item_credentials')
      .addColumn('item_id', text, (c) => c.primaryKey().notNull().references('extraction_items.id'))
      .addColumn('sealed', text, (c) => c.notNull())
      .addColumn('sealed_at_ms', integer, (c) => c.notNull())
      .addColumn('key_id', text)
      .execute();
    await db.schema
      .createTable('sealing_key')
      .addColumn('id', integer, (c) => c.primaryKey().notNull().check(holds('id = 1')))
      .addColumn('key_id', text)
      .execute();
    await sql`insert into sealing_key (id, key_id) values (1, null)`.execute(db);
  },
};

/** Addresses registered before they were compared. */
async function fillDeviceKeys(db: MigrationDb): Promise<void> {
  const rows = await (
    db as Kysely<{ recorders: { id: string; device_url: string | null; device_key: string | null } }>
  )
    .selectFrom('recorders')
    .select(['id', 'device_url'])
    .where('device_url', 'is not', null)
    .execute();
  for (const { id, device_url } of rows) {
    await db
      .updateTable('recorders')
      .set({ device_key: deviceKey(device_url!) })
      .where('id', '=', id)
      .execute();
  }
}
