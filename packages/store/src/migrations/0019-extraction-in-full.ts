import { holds, type SchemaMigration } from './columns.ts';

const FLAGS = [
  ['agreements', 'allows_audio'],
  ['registrations', 'allows_audio'],
  ['extraction_requests', 'wants_audio'],
] as const;

/**
 * Sound that owners allow and requests name, approvals of a part of what was asked, attempts that no longer count
 * against an item, and the way to what called-off items left in the archive.
 */
export const extractionInFull: SchemaMigration = {
  name: '0019_extraction_in_full',
  async up(db, { integer }) {
    for (const [table, column] of FLAGS) {
      await db.schema
        .alterTable(table)
        .addColumn(column, integer, (c) =>
          c
            .notNull()
            .defaultTo(0)
            .check(holds(`${column} in (0, 1)`)),
        )
        .execute();
    }
    for (const column of ['approved_start_ms', 'approved_end_ms']) {
      await db.schema.alterTable('decisions').addColumn(column, integer).execute();
    }
    await db.schema
      .alterTable('extraction_items')
      .addColumn('attempts_forgiven', integer, (c) => c.notNull().defaultTo(0))
      .execute();
    // Items that were called off while an attempt ran: few, and asked for at every look for work.
    await db.schema
      .createIndex('extraction_items_to_settle')
      .on('extraction_items')
      .column('lease_expires_at_ms')
      .where('lease_expires_at_ms', 'is not', null)
      .execute();
  },
};
