import { sql } from 'kysely';
import type { SchemaMigration } from './columns.ts';

/** Devices behind which a household's camera was ever registered: they stay the household's until released. */
export const householdDevices: SchemaMigration = {
  name: '0017_household_devices',
  async up(db, { text, integer }) {
    await db.schema
      .createTable('household_devices')
      .addColumn('network_id', text, (c) => c.notNull().references('networks.id'))
      .addColumn('device_key', text, (c) => c.notNull())
      .addColumn('camera_id', text, (c) => c.notNull().references('cameras.id'))
      // The channel; empty: the device has one only.
      .addColumn('channel', text, (c) => c.notNull())
      .addColumn('released_at_ms', integer)
      .addColumn('released_by_person_id', text)
      .addPrimaryKeyConstraint('household_devices_key', ['network_id', 'device_key', 'camera_id', 'channel'])
      .execute();
    // An import asks for the devices of a whole file at once, whatever their networks.
    await db.schema.createIndex('recorders_device_key').on('recorders').column('device_key').execute();
    await sql`
      insert into household_devices (network_id, device_key, camera_id, channel)
      select recorders.network_id, recorders.device_key, cameras.id, coalesce(cameras.source_token, '')
      from cameras join recorders on recorders.id = cameras.recorder_id
      where cameras.kind = 'household' and recorders.device_key is not null`.execute(db);
  },
};
