import { posix } from 'node:path';
import { CodedError } from '@minhchung/domain';

const DIRECTIVE = /%(.)/g;
const KNOWN_DIRECTIVES = 'YmdHMSfs%jyzpI';

/** A folder as an absolute, normalised path. Throws `FOLDER_PATH_INVALID`. */
export function checkedFolderPath(text: string): string {
  if (!text.startsWith('/') || text.split('/').includes('..')) throw new CodedError('FOLDER_PATH_INVALID');
  const normal = posix.normalize(text);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

/**
 * A file name pattern that can tell a time: year, month, day and hour (in any order), or seconds since 1970.
 * It stays below the folder. Throws `FOLDER_PATTERN_INVALID`.
 */
export function checkedFolderPattern(text: string): string {
  const directives = [...text.matchAll(DIRECTIVE)].map((match) => match[1]!);
  const tells_time =
    directives.includes('s') || ['Y', 'm', 'd', 'H'].every((one) => directives.includes(one));
  const is_known = directives.every((one) => KNOWN_DIRECTIVES.includes(one));
  if (!tells_time || !is_known || text.startsWith('/') || text.split('/').includes('..')) {
    throw new CodedError('FOLDER_PATTERN_INVALID');
  }
  return text;
}
