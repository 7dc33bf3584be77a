import { posix } from 'node:path';
import { CodedError } from '@minhchung/domain';

const REQUIRED_LETTERS = ['Y', 'm', 'd', 'H', 'M', 'S'];
const LETTERS = [...REQUIRED_LETTERS, 'f'];

/** A folder as an absolute, normalised path. Throws `FOLDER_PATH_INVALID`. */
export function checkedFolderPath(text: string): string {
  if (!text.startsWith('/') || text.split('/').includes('..')) throw new CodedError('FOLDER_PATH_INVALID');
  const normal = posix.normalize(text);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

/** Is this absolute path one of the roots (absolute, normalised), or below one? `..` is resolved first. */
export function isBelowRoot(path: string, roots: readonly string[]): boolean {
  const resolved = posix.resolve(path);
  return roots.some((root) => resolved === root || resolved.startsWith(`${root}/`));
}

/**
 * A file name pattern that tells a start to the second, each field once, and stays below its folder: the letters
 * that `packages/footage` reads. Throws `FOLDER_PATTERN_INVALID`.
 */
export function checkedFolderPattern(text: string): string {
  const letters = [...text.matchAll(/%(.?)/gs)].map((match) => match[1]!).filter((letter) => letter !== '%');
  const is_told = REQUIRED_LETTERS.every((letter) => letters.includes(letter));
  const is_read = letters.every((letter, n) => LETTERS.includes(letter) && letters.indexOf(letter) === n);
  const is_inside = text.split('/').every((part) => !['', '.', '..'].includes(part) && !part.includes('\\'));
  if (!is_told || !is_read || !is_inside) throw new CodedError('FOLDER_PATTERN_INVALID');
  return text;
}
