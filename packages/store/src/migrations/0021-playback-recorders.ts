import { holds, oneOf, type SchemaMigration } from './columns.ts';

/**
 * Recorders played at an address of their maker's own. Their `kind` column stays `onvif` (its CHECK is older and
 * SQLite cannot change it): a row with a playback vendor is one of these.
 */
export const playbackRecorders: SchemaMigration = {
  name: '0021_playback_recorders',
  async up(db, { text, integer }) {
    const vendors = ['hikvision', 'dahua', 'uniview', 'generic'];
    const table = () => db.schema.alterTable('recorders');
    await table()
      .addColumn('playback_vendor', text, (c) => c.check(oneOf('playback_vendor', vendors)))
      .execute();
    await table().addColumn('playback_template', text).execute();
    await table()
      .addColumn('playback_channel', integer, (c) => c.check(holds('playback_channel > 0')))
      .execute();
    await table().addColumn('playback_rtsp_port', integer).execute();
    await table().addColumn('playback_finding', text).execute();
  },
};
