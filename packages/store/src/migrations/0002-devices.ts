import { sql } from 'kysely';
import { holds, oneOf, type SchemaMigration } from './columns.ts';

/** Owners, clocks, recorders with their credentials, cameras, agreements. */
export const devices: SchemaMigration = {
  name: '0002_devices',
  async up(db, { text, integer, real }) {
    await db.schema
      .createTable('owners')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('name', text, (c) => c.notNull())
      .addColumn('phone', text)
      .addColumn('address', text)
      .execute();
    await db.schema
      .createTable('clocks')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('name', text, (c) => c.notNull())
      .addColumn('kind', text, (c) => c.notNull().check(oneOf('kind', ['recorder', 'camera', 'host'])))
      .execute();
    await db.schema
      .createTable('recorders')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('code', text, (c) => c.notNull().unique())
      .addColumn('name', text, (c) => c.notNull())
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('network_id', text, (c) => c.notNull().references('networks.id'))
      .addColumn('kind', text, (c) => c.notNull().check(oneOf('kind', ['onvif', 'folder'])))
      .addColumn('device_url', text)
      .addColumn('folder_path', text)
      .addColumn('folder_pattern', text)
      .addColumn('folder_zone', text, (c) => c.check(oneOf('folder_zone', ['Asia/Ho_Chi_Minh', 'UTC'])))
      .addColumn('clock_id', text, (c) => c.notNull().references('clocks.id'))
      .addColumn('created_at_ms', integer, (c) => c.notNull())
      .addCheckConstraint(
        'recorders_folder_whole',
        holds(
          '(folder_path is null) = (folder_pattern is null) and (folder_path is null) = (folder_zone is null)',
        ),
      )
      .execute();
    await db.schema.createIndex('recorders_unit').on('recorders').columns(['unit_id', 'code']).execute();
    await db.schema.createIndex('recorders_network').on('recorders').columns(['network_id', 'id']).execute();
    await db.schema
      .createTable('recorder_credentials')
      .addColumn('recorder_id', text, (c) => c.primaryKey().notNull().references('recorders.id'))
      .addColumn('sealed', text, (c) => c.notNull())
      .addColumn('sealed_at_ms', integer, (c) => c.notNull())
      .execute();

    await db.schema
      .createTable('cameras')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('code', text, (c) => c.notNull().unique())
      .addColumn('name', text, (c) => c.notNull())
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('site_id', text, (c) => c.references('sites.id'))
      .addColumn('kind', text, (c) => c.notNull().check(oneOf('kind', ['community', 'household'])))
      .addColumn('owner_id', text, (c) => c.references('owners.id'))
      .addColumn('latitude_deg', real, (c) => c.notNull().check(holds('latitude_deg between -90 and 90')))
      .addColumn('longitude_deg', real, (c) => c.notNull().check(holds('longitude_deg between -180 and 180')))
      .addColumn('aim_latitude_deg', real)
      .addColumn('aim_longitude_deg', real)
      .addColumn('field_of_view_deg', real)
      .addColumn('range_m', real)
      .addColumn('reach', text, (c) =>
        c.notNull().check(oneOf('reach', ['polled', 'ward_box', 'owner_only'])),
      )
      .addColumn('recorder_id', text, (c) => c.notNull().references('recorders.id'))
      .addColumn('source_token', text)
      .addColumn('created_at_ms', integer, (c) => c.notNull())
      .addColumn('retired_at_ms', integer)
      .addColumn('search_text', text, (c) => c.notNull())
      .addCheckConstraint(
        'cameras_aim_whole',
        holds('(aim_latitude_deg is null) = (aim_longitude_deg is null)'),
      )
      .execute();
    await db.schema.createIndex('cameras_unit').on('cameras').columns(['unit_id', 'code']).execute();
    await db.schema
      .createIndex('cameras_position')
      .on('cameras')
      .columns(['latitude_deg', 'longitude_deg'])
      .execute();
    await db.schema.createIndex('cameras_recorder').on('cameras').column('recorder_id').execute();
    await db.schema.createIndex('cameras_owner').on('cameras').column('owner_id').execute();
    await db.schema.createIndex('cameras_site').on('cameras').columns(['site_id', 'code']).execute();
    // One lens is registered once: a recorder's source has at most one camera in use.
    await sql`create unique index cameras_source on cameras (recorder_id, coalesce(source_token, ''))
      where retired_at_ms is null`.execute(db);

    await db.schema
      .createTable('agreements')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('camera_id', text, (c) => c.notNull().references('cameras.id'))
      .addColumn('mode', text, (c) => c.notNull().check(oneOf('mode', ['automatic', 'ask_first'])))
      .addColumn('purposes', text, (c) => c.notNull())
      .addColumn('from_minute', integer, (c) => c.check(holds('from_minute between 0 and 1440')))
      .addColumn('to_minute', integer, (c) => c.check(holds('to_minute between 0 and 1440')))
      .addColumn('valid_from_ms', integer, (c) => c.notNull())
      .addColumn('valid_to_ms', integer)
      .addColumn('confirmed_at_ms', integer, (c) => c.notNull())
      .addColumn('withdrawn_at_ms', integer)
      .addCheckConstraint('agreements_hours_whole', holds('(from_minute is null) = (to_minute is null)'))
      .execute();
    await db.schema
      .createIndex('agreements_camera')
      .on('agreements')
      .columns(['camera_id', 'valid_from_ms'])
      .execute();
  },
};
