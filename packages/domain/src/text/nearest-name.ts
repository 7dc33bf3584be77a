import { LIMITS } from '../limits.ts';
import { foldVietnamese } from './fold.ts';

/**
 * The name a person most likely meant by `word`, or null when none is near: at most one mistake in three
 * letters. Case and diacritics do not count. Of equally near names the first is taken.
 */
export function nearestName<Name extends string>(word: string, names: readonly Name[]): Name | null {
  const wanted = foldVietnamese(word).slice(0, LIMITS.nearest_name_max_chars);
  let nearest: Name | null = null;
  let mistakes = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(wanted, foldVietnamese(name).slice(0, LIMITS.nearest_name_max_chars));
    if (distance < mistakes) {
      mistakes = distance;
      nearest = name;
    }
  }
  return nearest;
}

/** Letters to insert, delete, replace, or exchange with their neighbour, to make `b` of `a`. */
export function editDistance(a: string, b: string): number {
  let before_last: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(replaced, last[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, before_last[j - 2]! + 1);
      }
      row.push(best);
    }
    before_last = last;
    last = row;
  }
  return last[b.length]!;
}
