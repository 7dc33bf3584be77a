import { sql } from 'kysely';
import { holds, oneOf, type SchemaMigration } from './columns.ts';

/** What polls saw: observations, coverages, clock offsets. */
export const states: SchemaMigration = {
  name: '0003_states',
  async up(db, { text, integer }) {
    await db.schema
      .createTable('observations')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('camera_id', text, (c) => c.notNull().references('cameras.id'))
      .addColumn('state', text, (c) =>
        c.notNull().check(oneOf('state', ['online', 'degraded', 'offline', 'refused', 'unknown'])),
      )
      .addColumn('reason', text, (c) => c.notNull())
      .addColumn('from_ms', integer, (c) => c.notNull())
      .addColumn('until_ms', integer, (c) => c.notNull())
      .addColumn('is_current', integer, (c) => c.notNull().check(holds('is_current in (0, 1)')))
      .addCheckConstraint('observations_order', holds('until_ms >= from_ms'))
      .execute();
    await db.schema
      .createIndex('observations_camera')
      .on('observations')
      .columns(['camera_id', 'from_ms'])
      .execute();
    await sql`create unique index observations_current on observations (camera_id) where is_current = 1`.execute(
      db,
    );

    await db.schema
      .createTable('coverages')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('camera_id', text, (c) => c.notNull().references('cameras.id'))
      .addColumn('opened_at_ms', integer, (c) => c.notNull())
      .addColumn('observed_at_ms', integer, (c) => c.notNull())
      .addColumn('retained_from_device_ms', integer)
      .addColumn('retained_to_device_ms', integer)
      .addColumn('is_current', integer, (c) => c.notNull().check(holds('is_current in (0, 1)')))
      .addCheckConstraint('coverages_order', holds('observed_at_ms >= opened_at_ms'))
      .execute();
    await db.schema
      .createIndex('coverages_camera')
      .on('coverages')
      .columns(['camera_id', 'opened_at_ms'])
      .execute();
    await sql`create unique index coverages_current on coverages (camera_id) where is_current = 1`.execute(
      db,
    );

    await db.schema
      .createTable('clock_offsets')
      .addColumn('clock_id', text, (c) => c.notNull().references('clocks.id'))
      .addColumn('epoch_from_ms', integer, (c) => c.notNull())
      .addColumn('began_as', text, (c) =>
        c.notNull().check(oneOf('began_as', ['first', 'step', 'continued'])),
      )
      .addColumn('min_ms', integer, (c) => c.notNull())
      .addColumn('max_ms', integer, (c) => c.notNull())
      .addColumn('first_reading_ms', integer, (c) => c.notNull())
      .addColumn('last_reading_ms', integer, (c) => c.notNull())
      .addColumn('readings', integer, (c) => c.notNull())
      .addColumn('method', text, (c) =>
        c.notNull().check(oneOf('method', ['onvif_utc', 'onvif_local', 'photo'])),
      )
      .addPrimaryKeyConstraint('clock_offsets_key', ['clock_id', 'epoch_from_ms'])
      .addCheckConstraint('clock_offsets_order', holds('max_ms >= min_ms'))
      .execute();
  },
};
