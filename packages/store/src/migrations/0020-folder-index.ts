import { holds, type SchemaMigration } from './columns.ts';

/** What is known of the files of recording folders: a memory that any pass over the folder can make anew. */
export const folderIndex: SchemaMigration = {
  name: '0020_folder_index',
  async up(db, { text, integer }) {
    await db.schema
      .createTable('folder_tracks')
      .addColumn('number', integer, (c) => c.primaryKey().notNull())
      .addColumn('recorder_id', text, (c) => c.notNull().references('recorders.id'))
      .addColumn('path', text, (c) => c.notNull())
      .addColumn('layout_key', text)
      .addColumn('scanned_at_ms', integer)
      .addColumn('changed_at_ms', integer)
      .addColumn('wide_at_ms', integer)
      .addColumn('is_complete', integer, (c) => c.notNull().defaultTo(0))
      .addUniqueConstraint('folder_tracks_once', ['recorder_id', 'path'])
      .execute();
    await db.schema
      .createTable('folder_directories')
      .addColumn('track', integer, (c) => c.notNull().references('folder_tracks.number'))
      .addColumn('directory', text, (c) => c.notNull())
      .addColumn('modified_us', integer)
      .addColumn('unchanged_since_ms', integer, (c) => c.notNull())
      .addColumn('listed_at_ms', integer, (c) => c.notNull())
      .addPrimaryKeyConstraint('folder_directories_key', ['track', 'directory'])
      .execute();
    await db.schema
      .createTable('folder_files')
      .addColumn('track', integer, (c) => c.notNull().references('folder_tracks.number'))
      .addColumn('directory', text, (c) => c.notNull())
      .addColumn('name', text, (c) => c.notNull())
      .addColumn('inode', text)
      .addColumn('size_bytes', integer)
      .addColumn('modified_us', integer)
      .addColumn('unchanged_since_ms', integer)
      .addColumn('seen_at_ms', integer, (c) => c.notNull())
      .addColumn('start_us', integer)
      .addColumn('time_from', text)
      .addColumn('state', text, (c) => c.notNull())
      .addColumn('duration_us', integer)
      .addColumn('last_picture_us', integer)
      .addColumn('codec', text)
      .addColumn('width', integer)
      .addColumn('height', integer)
      .addColumn('reason', text)
      .addColumn('repeats', integer)
      .addPrimaryKeyConstraint('folder_files_key', ['track', 'directory', 'name'])
      .addCheckConstraint(
        'folder_files_measured',
        holds("state <> 'measured' or (start_us is not null and duration_us is not null)"),
      )
      .execute();
    await db.schema
      .createIndex('folder_files_start')
      .on('folder_files')
      // With the length, so that files that end too early are passed over without being read.
      .columns(['track', 'start_us', 'duration_us', 'name'])
      .execute();
    // Few rows at any time: the newest of a track, and what a first pass has still to open.
    await db.schema
      .createIndex('folder_files_unsettled')
      .on('folder_files')
      .columns(['track', 'start_us'])
      .where(holds("state in ('named', 'growing')"))
      .execute();
  },
};
