import { holds, type SchemaMigration } from './columns.ts';

/** Numbers of looks at pictures, for knowing whether a lens still sees. No picture is kept. */
export const pictures: SchemaMigration = {
  name: '0015_pictures',
  async up(db, { text, integer, real }) {
    await db.schema
      .createTable('picture_looks')
      .addColumn('camera_id', text, (c) => c.primaryKey().notNull().references('cameras.id'))
      .addColumn('looked_at_ms', integer, (c) => c.notNull())
      .addColumn('accepted_from_ms', integer)
      .execute();
    await db.schema
      .createTable('picture_readings')
      .addColumn('camera_id', text, (c) => c.notNull().references('cameras.id'))
      .addColumn('at_ms', integer, (c) => c.notNull())
      .addColumn('brightness', real, (c) => c.notNull())
      .addColumn('contrast', real, (c) => c.notNull())
      .addColumn('sharpness', real, (c) => c.notNull())
      .addColumn('flat_share', real, (c) => c.notNull())
      .addColumn('is_monochrome', integer, (c) => c.notNull().check(holds('is_monochrome in (0, 1)')))
      .addColumn('gradient_hash', text, (c) => c.notNull().check(holds('length(gradient_hash) = 16')))
      .addColumn('fingerprint', text, (c) => c.notNull().check(holds('length(fingerprint) = 16')))
      .addPrimaryKeyConstraint('picture_readings_key', ['camera_id', 'at_ms'])
      .execute();
  },
};
