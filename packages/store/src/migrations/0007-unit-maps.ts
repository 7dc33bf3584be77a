import { sql } from 'kysely';
import type { SchemaMigration } from './columns.ts';

/** Boundaries of units, and the unit whose camera an item asked for when it was submitted. */
export const unitMaps: SchemaMigration = {
  name: '0007_unit_maps',
  async up(db, { text, integer }) {
    await db.schema
      .createTable('unit_boundaries')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('geometry', text, (c) => c.notNull())
      .addColumn('sha256', text, (c) => c.notNull())
      .addColumn('vertices', integer, (c) => c.notNull())
      .addColumn('set_at_ms', integer, (c) => c.notNull())
      .addColumn('replaced_at_ms', integer)
      .execute();
    // Earlier drawings are kept; one at a time counts.
    await sql`create unique index unit_boundaries_current on unit_boundaries (unit_id)
      where replaced_at_ms is null`.execute(db);
    await db.schema
      .createIndex('unit_boundaries_unit')
      .on('unit_boundaries')
      .columns(['unit_id', 'set_at_ms'])
      .execute();
    await db.schema
      .createIndex('unit_successors_back')
      .on('unit_successors')
      .column('successor_id')
      .execute();

    await db.schema
      .alterTable('extraction_items')
      .addColumn('unit_id', text, (c) => c.references('units.id'))
      .execute();
    // What is known of items submitted before: where their camera is now.
    await sql`update extraction_items set unit_id =
      (select cameras.unit_id from cameras where cameras.id = extraction_items.camera_id)`.execute(db);
  },
};
