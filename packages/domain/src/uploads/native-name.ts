/** A name in a package: a letter or digit first, then nothing any system trips over, and never too long. */
const CHARS_MAX = 80;
const ENDING_CHARS_MAX = 10;
const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/**
 * The name under which a handed-in file lies in its package, made from whatever its sender called it: Vietnamese
 * letters lose their marks, everything else that is not `A-Z a-z 0-9 . _ -` becomes `_`, the ending is kept. `taken`
 * are names of the same item; the result is not among them.
 */
export function nativeNameOf(file_name: string, taken: readonly string[]): string {
  const plain = file_name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/^.*[\\/]/s, '')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/^[^A-Za-z0-9]+/, '')
    .replace(/[^A-Za-z0-9]+$/, '');
  const dot = plain.lastIndexOf('.');
  const has_ending = dot > 0 && plain.length - dot - 1 <= ENDING_CHARS_MAX;
  const ending = has_ending ? plain.slice(dot) : '';
  const stem = (has_ending ? plain.slice(0, dot) : plain).slice(0, CHARS_MAX) || 'footage';
  const safe = RESERVED.test(stem) ? `file-${stem}` : stem;
  const lower = new Set(taken.map((name) => name.toLowerCase()));
  for (let n = 1; ; n += 1) {
    const name = `${safe}${n === 1 ? '' : `-${n}`}${ending}`;
    if (!lower.has(name.toLowerCase())) return name;
  }
}

/** A sender's name as it may be shown: one line, no control or direction characters, not endless. */
export function shownFileName(file_name: string): string {
  const line = file_name
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return [...line].slice(0, 200).join('') || '—';
}
