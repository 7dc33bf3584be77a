/**
 * The form in which Vietnamese text is searched: no case, no diacritics, single spaces. "dong ve" and "ĐÔNG VỆ"
 * become the same, composed or decomposed. The letter đ has no decomposition in Unicode and is mapped by hand.
 */
export function foldVietnamese(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/\s+/g, ' ')
    .trim();
}

/** True when every word of the query occurs in the text, in any order, case and diacritics ignored. */
export function matchesSearch(text: string, query: string): boolean {
  const folded = foldVietnamese(text);
  return foldVietnamese(query)
    .split(' ')
    .every((word) => folded.includes(word));
}
