import { holds, oneOf, type SchemaMigration } from './columns.ts';

/** Requests with their counter, and items: what is counted and what is worked on. */
export const requests: SchemaMigration = {
  name: '0005_requests',
  async up(db, { text, integer }) {
    await db.schema
      .createTable('request_counters')
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('year', integer, (c) => c.notNull())
      .addColumn('last_number', integer, (c) => c.notNull())
      .addPrimaryKeyConstraint('request_counters_key', ['unit_id', 'year'])
      .execute();
    await db.schema
      .createTable('extraction_requests')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('number', text, (c) => c.notNull().unique())
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addColumn('case_id', text, (c) => c.notNull().references('cases.id'))
      .addColumn('requester_person_id', text, (c) => c.notNull().references('persons.id'))
      .addColumn('requester_account_id', text, (c) => c.notNull().references('accounts.id'))
      .addColumn('wanted_start_ms', integer, (c) => c.notNull())
      .addColumn('wanted_end_ms', integer, (c) => c.notNull())
      .addColumn('purpose', text, (c) => c.notNull())
      .addColumn('reason', text, (c) => c.notNull())
      .addColumn('legal_basis', text, (c) => c.notNull())
      .addColumn('legal_reference', text)
      .addColumn('is_urgent', integer, (c) => c.notNull().check(holds('is_urgent in (0, 1)')))
      .addColumn('state', text, (c) => c.notNull())
      .addColumn('submitted_at_ms', integer, (c) => c.notNull())
      .addColumn('submitted_month', text, (c) => c.notNull())
      .addCheckConstraint('extraction_requests_span', holds('wanted_end_ms > wanted_start_ms'))
      .execute();
    const request = (name: string, columns: string[]) =>
      db.schema.createIndex(name).on('extraction_requests').columns(columns).execute();
    await request('extraction_requests_age', ['submitted_at_ms', 'id']);
    await request('extraction_requests_unit', ['unit_id', 'submitted_at_ms']);
    await request('extraction_requests_case', ['case_id', 'submitted_at_ms']);
    await request('extraction_requests_requester', ['requester_person_id', 'submitted_at_ms']);
    await request('extraction_requests_state', ['state', 'submitted_at_ms']);
    await request('extraction_requests_month', ['submitted_month']);

    await db.schema
      .createTable('extraction_items')
      .addColumn('id', text, (c) => c.primaryKey().notNull())
      .addColumn('request_id', text, (c) => c.notNull().references('extraction_requests.id'))
      .addColumn('camera_id', text, (c) => c.notNull().references('cameras.id'))
      .addColumn('state', text, (c) => c.notNull())
      .addColumn('reason_code', text)
      .addColumn('reason_vi', text)
      .addColumn('reason_en', text)
      .addColumn('attempts', integer, (c) => c.notNull())
      .addColumn('updated_at_ms', integer, (c) => c.notNull())
      .addColumn('approved_at_ms', integer)
      .addColumn('delivered_at_ms', integer)
      .addColumn('delivered_month', text)
      .addColumn('ended_at_ms', integer)
      .addColumn('overwrite_at_ms', integer)
      .addColumn('due_at_ms', integer, (c) => c.notNull())
      .addColumn('not_before_ms', integer)
      .addColumn('lease_worker_id', text)
      .addColumn('lease_expires_at_ms', integer)
      .addColumn('finished_attempt', integer)
      .addColumn('progress_phase', text, (c) =>
        c.check(oneOf('progress_phase', ['searching', 'cutting', 'deriving', 'archiving'])),
      )
      .addColumn('progress_bytes', integer)
      .addColumn('progress_media_ms', integer)
      .addUniqueConstraint('extraction_items_camera_once', ['request_id', 'camera_id'])
      .addCheckConstraint(
        'extraction_items_delivered_whole',
        holds('(delivered_at_ms is null) = (delivered_month is null)'),
      )
      .execute();
    const item = (name: string, columns: string[]) =>
      db.schema.createIndex(name).on('extraction_items').columns(columns).execute();
    await item('extraction_items_queue', ['state', 'due_at_ms', 'id']);
    await item('extraction_items_camera', ['camera_id', 'state']);
    await item('extraction_items_delivered', ['delivered_month']);
  },
};
