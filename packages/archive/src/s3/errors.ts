import { CodedError, isCoded } from '@minhchung/domain';

/** Names by which services refuse a key that is taken (AWS; Ceph). */
const TAKEN = new Set(['PreconditionFailed', 'ConditionalRequestConflict']);
const ABSENT = new Set(['NoSuchKey', 'NotFound']);
const FULL = new Set(['QuotaExceeded', 'InsufficientStorage', 'XMinioStorageFull', 'EntityTooLarge']);
const HTTP_INSUFFICIENT_STORAGE = 507;

/** The service's name for an error, as the client gives it, or null. */
export function errorNameOf(error: unknown): string | null {
  return error instanceof Error ? error.name : null;
}

/** True when the service says that there is no such object. */
export function isAbsent(error: unknown): boolean {
  return ABSENT.has(errorNameOf(error) ?? '');
}

/** True when the service refused a write because the key is taken. */
export function isTaken(error: unknown): boolean {
  return TAKEN.has(errorNameOf(error) ?? '');
}

/** What a failed request means for the object `key`. Coded errors pass through. */
export function archiveError(error: unknown, key: string): CodedError {
  if (isCoded(error)) return error;
  const name = errorNameOf(error) ?? 'unknown';
  if (name === 'AbortError') return new CodedError('CANCELLED', {}, { cause: error });
  if (TAKEN.has(name)) return new CodedError('ARCHIVE_EXISTS', { key }, { cause: error });
  if (ABSENT.has(name)) return new CodedError('ARCHIVE_MISSING', { key }, { cause: error });
  if (FULL.has(name) || statusOf(error) === HTTP_INSUFFICIENT_STORAGE) {
    return new CodedError('ARCHIVE_FULL', { key }, { cause: error });
  }
  return new CodedError('ARCHIVE_BROKEN', { key, reason: name }, { cause: error });
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  return (error.$metadata as { httpStatusCode?: number }).httpStatusCode;
}
