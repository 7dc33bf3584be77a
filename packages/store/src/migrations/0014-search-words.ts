import { searchWords } from '@minhchung/domain';
import { type MigrationDb, oneOf, type SchemaMigration } from './columns.ts';

/** Rows written in one statement: SQLite binds 32,766 values. */
const ROWS_PER_INSERT = 2_000;
const SUBJECTS_PER_PAGE = 1_000;

/** Words under which things are found, and those of everything there is already. */
export const searchWordsTable: SchemaMigration = {
  name: '0014_search_words',
  async up(db, { text }) {
    const kinds = oneOf('subject_kind', ['camera', 'recorder', 'site', 'scheme', 'unit']);
    await db.schema
      .createTable('search_words')
      .addColumn('subject_kind', text, (c) => c.notNull().check(kinds))
      .addColumn('subject_id', text, (c) => c.notNull())
      .addColumn('word', text, (c) => c.notNull())
      .addColumn('unit_id', text, (c) => c.notNull().references('units.id'))
      .addPrimaryKeyConstraint('search_words_key', ['subject_kind', 'subject_id', 'word'])
      .execute();
    // What a person may see is a set of units: within each, words that begin as typed lie together.
    await db.schema
      .createIndex('search_words_word')
      .on('search_words')
      .columns(['unit_id', 'word', 'subject_kind', 'subject_id'])
      .execute();
    await db.schema
      .createIndex('search_words_kind')
      .on('search_words')
      .columns(['subject_kind', 'word', 'subject_id'])
      .execute();
    await fill(db, 'camera', 'cameras', ['search_text']);
    for (const [kind, table] of [
      ['recorder', 'recorders'],
      ['scheme', 'schemes'],
      ['unit', 'units'],
    ] as const) {
      await fill(db, kind, table, ['code', 'name']);
    }
    await fill(db, 'site', 'sites', ['code', 'name']);
  },
};

async function fill(db: MigrationDb, kind: string, table: string, columns: readonly string[]): Promise<void> {
  let after = '';
  for (;;) {
    const rows = await page(db, table, columns, after);
    if (rows.length === 0) return;
    after = rows.at(-1)!.id as string;
    const words = rows.flatMap((row) =>
      searchWords(columns.map((column) => row[column])).map((word) => ({
        subject_kind: kind,
        subject_id: row.id,
        word,
        unit_id: row.unit_id,
      })),
    );
    for (let from = 0; from < words.length; from += ROWS_PER_INSERT) {
      await db
        .insertInto('search_words')
        .values(words.slice(from, from + ROWS_PER_INSERT))
        .execute();
    }
  }
}

async function page(
  db: MigrationDb,
  table: string,
  columns: readonly string[],
  after: string,
): Promise<Record<string, string>[]> {
  const owner: Record<string, string> = { units: 'units.id', sites: 'schemes.unit_id' };
  let query = db
    .selectFrom(table)
    .select([`${table}.id as id`, `${owner[table] ?? `${table}.unit_id`} as unit_id`])
    .select(columns.map((column) => `${table}.${column} as ${column}`));
  if (table === 'sites') query = query.innerJoin('schemes', 'schemes.id', 'sites.scheme_id');
  return (await query
    .where(`${table}.id`, '>', after)
    .orderBy(`${table}.id`)
    .limit(SUBJECTS_PER_PAGE)
    .execute()) as Record<string, string>[];
}
