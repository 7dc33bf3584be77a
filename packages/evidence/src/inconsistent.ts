import { CodedError } from '@minhchung/domain';

/** `PACKAGE_INCONSISTENT`: what is about to be signed is not what the archive holds, or contradicts itself. */
export function inconsistent(key: string, reason: string, cause?: unknown): CodedError {
  return new CodedError('PACKAGE_INCONSISTENT', { key, reason }, { cause });
}
