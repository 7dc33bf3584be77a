import { type HitKind, queryWords, searchWords } from '@minhchung/domain';
import { type RawBuilder, sql } from 'kysely';
import { inParts } from './conditions.ts';
import type { Db } from './insert.ts';

/** Behind every word that begins as typed: `dong` ≤ word < `dong` + this is a range of the index. */
export const LAST_CHARACTER = '\u{10ffff}';

/** What is to be found, by which texts, by the people of which unit. */
export interface Searchable {
  readonly kind: HitKind;
  readonly id: string;
  readonly unit_id: string;
  readonly texts: readonly (string | null | undefined)[];
}

/** Brings the words of one thing up to date, in the transaction that changes the thing itself. */
export async function indexWords(tx: Db, thing: Searchable): Promise<void> {
  const old = tx.deleteFrom('search_words').where('subject_kind', '=', thing.kind);
  await old.where('subject_id', '=', thing.id).execute();
  await indexNewWords(tx, thing);
}

/** The words of a thing that was not there before. */
export async function indexNewWords(tx: Db, { kind, id, unit_id, texts }: Searchable): Promise<void> {
  const words = searchWords(texts).map((word) => ({ subject_kind: kind, subject_id: id, word, unit_id }));
  if (words.length > 0) await tx.insertInto('search_words').values(words).execute();
}

/** Rows whose `id` is of a thing of this kind that every typed word begins a word of; nothing typed asks nothing. */
export function foundBy(column: string, kind: HitKind, text: string | undefined): RawBuilder<boolean> {
  const words = queryWords(text ?? '');
  if (words.length === 0) return sql<boolean>`1 = 1`;
  const each = words.map(
    (word) => sql<boolean>`${sql.ref(column)} in (select subject_id from search_words
      where subject_kind = ${kind} and word >= ${word} and word < ${`${word}${LAST_CHARACTER}`})`,
  );
  return sql<boolean>`(${sql.join(each, sql` and `)})`;
}

/** Things that moved to another unit are found by its people; the sites of a scheme move with it. */
export async function moveWords(
  tx: Db,
  kind: HitKind,
  ids: readonly string[],
  unit_id: string,
): Promise<void> {
  await inParts(ids, async (part) => {
    const moving = tx.updateTable('search_words').set({ unit_id });
    await moving.where('subject_kind', '=', kind).where('subject_id', 'in', part).execute();
    if (kind === 'scheme') {
      await moving
        .where('subject_kind', '=', 'site')
        .where('subject_id', 'in', (eb) => eb.selectFrom('sites').select('id').where('scheme_id', 'in', part))
        .execute();
    }
    return [];
  });
}
