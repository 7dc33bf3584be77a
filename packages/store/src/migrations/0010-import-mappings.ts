import type { SchemaMigration } from './columns.ts';

/** What the columns of a unit's lists were taken for, so that next month's file of the same ward needs nothing. */
export const importMappings: SchemaMigration = {
  name: '0010_import_mappings',
  async up(db, { text, integer }) {
    await db.schema
      .createTable('import_mappings')
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('fingerprint', text, (c) => c.notNull())
      .addColumn('fields', text, (c) => c.notNull())
      .addColumn('account_id', text, (c) => c.notNull())
      .addColumn('remembered_at_ms', integer, (c) => c.notNull())
      .addPrimaryKeyConstraint('import_mappings_key', ['unit_id', 'fingerprint'])
      .execute();
    await db.schema
      .createIndex('import_mappings_headings')
      .on('import_mappings')
      .columns(['fingerprint', 'remembered_at_ms'])
      .execute();
  },
};
