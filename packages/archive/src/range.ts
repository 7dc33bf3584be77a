import { CodedError } from '@minhchung/domain';

/** Checks a byte range, `end` exclusive. Throws `ARCHIVE_KEY_INVALID`. */
export function checkRange(key: string, range: { start: number; end: number } | undefined): void {
  if (range === undefined) return;
  const { start, end } = range;
  if (Number.isSafeInteger(start) && Number.isSafeInteger(end) && 0 <= start && start <= end) return;
  throw new CodedError('ARCHIVE_KEY_INVALID', { key, reason: `${start} to ${end} is no byte range` });
}
