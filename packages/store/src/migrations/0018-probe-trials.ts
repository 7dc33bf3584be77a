import type { SchemaMigration } from './columns.ts';

/** Trials of devices: who tries which one now, how often, and which accounts were refused lately. */
export const probeTrials: SchemaMigration = {
  name: '0018_probe_trials',
  async up(db, { text, integer }) {
    await db.schema
      .createTable('probe_trials')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('account_id', text, (c) => c.notNull().references('accounts.id'))
      .addColumn('device_key', text, (c) => c.notNull())
      .addColumn('started_at_ms', integer, (c) => c.notNull())
      .addColumn('lease_until_ms', integer, (c) => c.notNull())
      .addColumn('ended_at_ms', integer)
      .addColumn('refused_account', text)
      .execute();
    for (const column of ['account_id', 'device_key']) {
      await db.schema
        .createIndex(`probe_trials_${column}`)
        .on('probe_trials')
        .columns([column, 'started_at_ms'])
        .execute();
    }
  },
};
