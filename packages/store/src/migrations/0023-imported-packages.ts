import type { SchemaMigration } from './columns.ts';

/** Packages that people made alone and brought in: which item each became. Every package at most once. */
export const importedPackages: SchemaMigration = {
  name: '0023_imported_packages',
  async up(db, { text, integer }) {
    await db.schema
      .createTable('imported_packages')
      .addColumn('package_id', text, (c) => c.primaryKey().notNull())
      .addColumn('item_id', text, (c) => c.notNull().unique().references('extraction_items.id'))
      .addColumn('manifest_sha256', text, (c) => c.notNull())
      .addColumn('imported_at_ms', integer, (c) => c.notNull())
      .addColumn('account_id', text, (c) => c.notNull().references('accounts.id'))
      .execute();
  },
};
