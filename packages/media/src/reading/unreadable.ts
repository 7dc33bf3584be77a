import { basename } from 'node:path';
import { CodedError } from '@minhchung/domain';

/** `MEDIA_UNREADABLE` for a file, named without its folder. */
export function unreadable(path: string, reason: string, cause?: unknown): CodedError {
  return new CodedError('MEDIA_UNREADABLE', { name: basename(path), reason }, { cause });
}
