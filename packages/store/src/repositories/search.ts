import { HIT_KINDS, type HitKind, queryWords, type SearchHit } from '@minhchung/domain';
import { type RawBuilder, sql } from 'kysely';
import { SEARCH_CANDIDATES_MAX } from '../limits.ts';
import { among, inParts } from '../query/conditions.ts';
import type { Db } from '../query/insert.ts';
import { LAST_CHARACTER } from '../query/search-index.ts';

/** Words more common than this are all the same: common. */
const COUNTED_MAX = 5_000;

export interface SearchRepository {
  /**
   * Things of the units that every typed word begins a word of, whole words before beginnings; at most
   * `SEARCH_CANDIDATES_MAX`, for the caller to rank. Nothing typed finds nothing.
   */
  find(question: {
    readonly unit_ids: readonly string[];
    readonly text: string;
    readonly kinds?: readonly HitKind[];
  }): Promise<SearchHit[]>;
}

export function searchRepository(db: Db): SearchRepository {
  return {
    async find({ unit_ids, text, kinds }) {
      const words = await rarestFirst(db, queryWords(text), kinds ?? HIT_KINDS);
      if (words.length === 0) return [];
      const question = { unit_ids, kinds, words };
      const whole = await subjects(db, { ...question, match: isWord });
      const begun =
        whole.length < SEARCH_CANDIDATES_MAX ? await subjects(db, { ...question, match: beginsWord }) : [];
      const unique = new Map([...whole, ...begun].map((one) => [`${one.kind} ${one.id}`, one]));
      return await hitsOf(db, [...unique.values()].slice(0, SEARCH_CANDIDATES_MAX));
    },
  };
}

/**
 * The rarest word leads, the others are looked up for what it finds: names are made of few words, and the longest
 * of them ("Nguyễn") is often the most common.
 */
async function rarestFirst(
  db: Db,
  words: readonly string[],
  kinds: readonly HitKind[],
): Promise<readonly string[]> {
  if (words.length < 2) return words;
  const counted: { word: string; count: number }[] = [];
  for (const word of words) {
    const some = db
      .selectFrom('search_words')
      .select('word')
      .where(among('subject_kind', kinds))
      .where(beginsWord('word', word))
      .limit(COUNTED_MAX);
    const { count } = await db
      .selectFrom(some.as('some'))
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    counted.push({ word, count: Number(count) });
  }
  return counted.sort((a, b) => a.count - b.count).map(({ word }) => word);
}

interface Subject {
  readonly kind: HitKind;
  readonly id: string;
}

type Match = (column: string, word: string) => RawBuilder<boolean>;

const isWord: Match = (column, word) => sql<boolean>`${sql.ref(column)} = ${word}`;

const beginsWord: Match = (column, word) =>
  sql<boolean>`(${sql.ref(column)} >= ${word} and ${sql.ref(column)} < ${`${word}${LAST_CHARACTER}`})`;

async function subjects(
  db: Db,
  question: {
    readonly unit_ids: readonly string[];
    readonly kinds: readonly HitKind[] | undefined;
    readonly words: readonly string[];
    readonly match: Match;
  },
): Promise<Subject[]> {
  const [first, ...others] = question.words;
  return await db
    .selectFrom('search_words as found')
    .select(['found.subject_kind as kind', 'found.subject_id as id'])
    .distinct()
    .where(among('found.unit_id', question.unit_ids))
    .where(among('found.subject_kind', question.kinds))
    .where(question.match('found.word', first!))
    .where((eb) =>
      eb.and(
        others.map((word) =>
          eb.exists(
            eb
              .selectFrom('search_words as also')
              .select('also.word')
              .whereRef('also.subject_kind', '=', 'found.subject_kind')
              .whereRef('also.subject_id', '=', 'found.subject_id')
              .where(question.match('also.word', word)),
          ),
        ),
      ),
    )
    .limit(SEARCH_CANDIDATES_MAX)
    .execute();
}

async function hitsOf(db: Db, found: readonly Subject[]): Promise<SearchHit[]> {
  const idsOf = (kind: HitKind) => found.filter((one) => one.kind === kind).map((one) => one.id);
  return [
    ...(await cameras(db, idsOf('camera'))),
    ...(await plain(db, 'recorder', idsOf('recorder'))),
    ...(await sites(db, idsOf('site'))),
    ...(await plain(db, 'scheme', idsOf('scheme'))),
    ...(await units(db, idsOf('unit'))),
  ];
}

async function cameras(db: Db, ids: readonly string[]): Promise<SearchHit[]> {
  const rows = await inParts(ids, (part) =>
    db
      .selectFrom('cameras')
      .leftJoin('owners', 'owners.id', 'cameras.owner_id')
      .select(['cameras.id', 'cameras.code', 'cameras.name', 'cameras.unit_id'])
      .select(['owners.name as owner_name', 'owners.address as owner_address'])
      .where('cameras.id', 'in', part)
      .where('cameras.retired_at_ms', 'is', null)
      .execute(),
  );
  return rows.map(({ owner_name, owner_address, ...row }) => ({
    kind: 'camera',
    ...row,
    detail: [owner_name, owner_address].filter((text) => text !== null).join(', ') || null,
  }));
}

async function plain(db: Db, kind: 'recorder' | 'scheme', ids: readonly string[]): Promise<SearchHit[]> {
  const rows = await inParts(ids, (part) =>
    db
      .selectFrom(`${kind}s` as const)
      .select(['id', 'code', 'name', 'unit_id'])
      .where('id', 'in', part)
      .execute(),
  );
  return rows.map((row) => ({ kind, ...row, detail: null }));
}

async function sites(db: Db, ids: readonly string[]): Promise<SearchHit[]> {
  const rows = await inParts(ids, (part) =>
    db
      .selectFrom('sites')
      .innerJoin('schemes', 'schemes.id', 'sites.scheme_id')
      .select(['sites.id', 'sites.code', 'sites.name', 'schemes.unit_id', 'schemes.name as scheme_name'])
      .where('sites.id', 'in', part)
      .execute(),
  );
  return rows.map(({ scheme_name, ...row }) => ({ kind: 'site', ...row, detail: scheme_name }));
}

async function units(db: Db, ids: readonly string[]): Promise<SearchHit[]> {
  const rows = await inParts(ids, (part) =>
    db.selectFrom('units').select(['id', 'code', 'name']).where('id', 'in', part).execute(),
  );
  return rows.map((row) => ({ kind: 'unit', ...row, unit_id: row.id, detail: null }));
}
