import { foldVietnamese, type Span } from '@minhchung/domain';
import { type RawBuilder, sql } from 'kysely';
import { IDS_PER_QUESTION_MAX, SEARCH_WORDS_MAX } from '../limits.ts';

const NOTHING = sql<boolean>`1 = 0`;
const EVERYTHING = sql<boolean>`1 = 1`;

/** `column in (…)`; an undefined list asks nothing, an empty one is met by no row. */
export function among(column: string, values: readonly string[] | undefined): RawBuilder<boolean> {
  if (values === undefined) return EVERYTHING;
  if (values.length === 0) return NOTHING;
  return sql<boolean>`${sql.ref(column)} in (${sql.join(values)})`;
}

/** `column = value`; undefined asks nothing. */
export function equal(column: string, value: string | undefined): RawBuilder<boolean> {
  return value === undefined ? EVERYTHING : sql<boolean>`${sql.ref(column)} = ${value}`;
}

/** The column's time lies in the half-open span; undefined asks nothing. */
export function inSpan(column: string, span: Span | undefined): RawBuilder<boolean> {
  if (span === undefined) return EVERYTHING;
  const name = sql.ref(column);
  return sql<boolean>`(${name} >= ${span.start_ms} and ${name} < ${span.end_ms})`;
}

/** Every word occurs in the folded column; undefined or blank text asks nothing. */
export function containsWords(column: string, text: string | undefined): RawBuilder<boolean> {
  const words = foldVietnamese(text ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, SEARCH_WORDS_MAX);
  if (words.length === 0) return EVERYTHING;
  const name = sql.ref(column);
  const each = words.map((word) => sql<boolean>`${name} like ${`%${literal(word)}%`} escape '!'`);
  return sql<boolean>`(${sql.join(each, sql` and `)})`;
}

/** Asks in parts, so that no question binds more values than an engine takes. */
export async function inParts<T>(
  ids: readonly string[],
  ask: (part: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const unique = [...new Set(ids)];
  const found: T[] = [];
  for (let from = 0; from < unique.length; from += IDS_PER_QUESTION_MAX) {
    found.push(...(await ask(unique.slice(from, from + IDS_PER_QUESTION_MAX))));
  }
  return found;
}

function literal(word: string): string {
  return word.replace(/[!%_]/g, '!$&');
}

/** What `containsWords` searches in: the texts of a row, folded. */
export function searchText(...texts: readonly (string | null | undefined)[]): string {
  return foldVietnamese(texts.filter((text) => text != null).join(' '));
}
