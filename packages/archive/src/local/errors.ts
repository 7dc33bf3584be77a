import { CodedError, isCoded } from '@minhchung/domain';

/** No space, over quota, or over the largest file this place takes: to the operator all three mean "full". */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const ABSENT = new Set(['ENOENT', 'ENOTDIR']);

/** The `errno` name of a failed system call, or null. */
export function errnoOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

/** True when the error says that there is no such file. */
export function isAbsent(error: unknown): boolean {
  return ABSENT.has(errnoOf(error) ?? '');
}

/** What a failed system call means for the object `key`. Coded errors pass through. */
export function archiveError(error: unknown, key: string): CodedError {
  if (isCoded(error)) return error;
  const errno = errnoOf(error);
  if (errno !== null && FULL.has(errno)) return new CodedError('ARCHIVE_FULL', { key }, { cause: error });
  if (isAbsent(error)) return new CodedError('ARCHIVE_MISSING', { key }, { cause: error });
  return new CodedError('ARCHIVE_BROKEN', { key, reason: errno ?? 'unknown' }, { cause: error });
}
