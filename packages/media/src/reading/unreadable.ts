import { basename } from 'node:path';
import { CodedError } from '@minhchung/domain';
import { MEDIA_LIMITS } from '../limits.ts';

/** `MEDIA_UNREADABLE` for a file, named without its folder. */
export function unreadable(path: string, reason: string, cause?: unknown): CodedError {
  return new CodedError('MEDIA_UNREADABLE', { name: basename(path), reason }, { cause });
}

/** What an error of a reader says, cut to a bearable length and without the folders of this machine. */
export function reasonOf(error: unknown): string {
  if (isSystemError(error)) return error.code;
  const message = error instanceof Error ? error.message : String(error);
  return message.slice(0, MEDIA_LIMITS.tool_report_chars_max);
}

/** An error of the file system: no such file, no permission. */
export function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}
