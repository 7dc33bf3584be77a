import { foldVietnamese } from './fold.ts';

/** Longest word kept: longer ones are serial numbers, told apart by what they begin with. */
const WORD_CHARS_MAX = 40;
/** Words kept of one thing: a long address has about twenty. */
const WORDS_PER_SUBJECT_MAX = 64;
/** Words of a question that are looked at; more narrow nothing down. */
const QUERY_WORDS_MAX = 6;

/**
 * The words under which something is found: letters and digits of its texts, folded. Words that were joined by
 * punctuation (codes: `TH-HT-012`) are kept joined as well (`thht012`), for those who type them so.
 */
export function searchWords(texts: readonly (string | null | undefined)[]): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    for (const chunk of foldVietnamese(text ?? '').split(' ')) {
      const parts = wordsOf(chunk);
      if (parts.length > 1) words.add(parts.join('').slice(0, WORD_CHARS_MAX));
      for (const part of parts) words.add(part.slice(0, WORD_CHARS_MAX));
    }
  }
  words.delete('');
  return [...words].slice(0, WORDS_PER_SUBJECT_MAX);
}

/** The words a person has typed so far, longest first: that narrows down most. Each is the beginning of a word. */
export function queryWords(query: string): string[] {
  const words = new Set(wordsOf(foldVietnamese(query)).map((word) => word.slice(0, WORD_CHARS_MAX)));
  return [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, QUERY_WORDS_MAX);
}

/** True when every typed word begins a word of the thing. */
export function isFoundBy(words: readonly string[], query: string): boolean {
  return queryWords(query).every((typed) => words.some((word) => word.startsWith(typed)));
}

function wordsOf(folded: string): string[] {
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
