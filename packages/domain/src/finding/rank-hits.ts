import { foldVietnamese } from '../text/fold.ts';
import { queryWords } from '../text/search-words.ts';

/** What a search box offers. */
export const HIT_KINDS = ['camera', 'recorder', 'site', 'scheme', 'unit'] as const;
export type HitKind = (typeof HIT_KINDS)[number];

/** One thing found by what was typed. */
export interface SearchHit {
  readonly kind: HitKind;
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly unit_id: string;
  /** What else it was found by: owner and address of a camera. */
  readonly detail: string | null;
}

/**
 * Best first: the code itself, then codes that begin so, then names that begin so, then names with the words in
 * them whole, then the rest; among equals cameras first, in order of code.
 */
export function rankHits(query: string, hits: readonly SearchHit[]): SearchHit[] {
  const typed = foldVietnamese(query);
  const words = queryWords(query);
  const ranked = hits.map((hit) => ({ hit, rank: rankOf(hit, typed, words) }));
  ranked.sort((a, b) => a.rank - b.rank || kindOrder(a.hit) - kindOrder(b.hit) || order(a.hit, b.hit));
  return ranked.map(({ hit }) => hit);
}

function rankOf(hit: SearchHit, typed: string, words: readonly string[]): number {
  const code = foldVietnamese(hit.code);
  const name = foldVietnamese(hit.name);
  if (code === typed) return 0;
  if (code.startsWith(typed)) return 1;
  if (name.startsWith(typed)) return 2;
  const whole = new Set(name.split(' '));
  return words.every((word) => whole.has(word)) ? 3 : 4;
}

function kindOrder(hit: SearchHit): number {
  return HIT_KINDS.indexOf(hit.kind);
}

function order(a: SearchHit, b: SearchHit): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}
