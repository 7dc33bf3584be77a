import { readFileSync, statSync } from 'node:fs';
import { CodedError } from '@minhchung/domain';
import { SECRET_FILE_BYTES_MAX } from './limits.ts';

const GROUP_OR_OTHERS = 0o077;

/**
 * Reads the secret that an option ending in `_file` points to, without the line end. Throws
 * `SECRET_FILE_UNREADABLE` when the file is missing, empty, too large, or open to other users; the message
 * names the option, never the content.
 */
export function readSecretFile(option: string, file: string): string {
  const refuse = (reason: string, cause?: unknown) =>
    new CodedError('SECRET_FILE_UNREADABLE', { key: option, reason }, { cause });
  let content: string;
  try {
    const found = statSync(file);
    if (process.platform !== 'win32' && (found.mode & GROUP_OR_OTHERS) !== 0) {
      throw refuse(`other users may read ${file}; run chmod 600 on it`);
    }
    if (found.size > SECRET_FILE_BYTES_MAX) throw refuse(`${file} is larger than any secret`);
    content = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
  const secret = content.replace(/\r?\n$/, '');
  if (secret === '') throw refuse(`${file} is empty`);
  return secret;
}
