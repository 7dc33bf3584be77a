import { CodedError, type ExtractionResult, type ItemReason, isCoded } from '@minhchung/domain';

/** How patient the service is; from settings. */
export interface RetryPolicy {
  /** Attempts after which an item that keeps failing for the same kind of reason waits for a person. */
  readonly attempts_max: number;
  /** First pause; it doubles with every attempt up to `delay_ms_max`. */
  readonly delay_ms: number;
  readonly delay_ms_max: number;
}

/** What the verdict on a failure depends on. */
export interface FailedAttempt {
  /** 1 for the first. */
  readonly attempt: number;
  /** Attempts that count against the item: without those before a person had it tried again, and without waits. */
  readonly counted: number;
  /** True time after which the source cannot hold the footage any more. */
  readonly give_up_at_ms: number;
}

/** Reason of an item as people read it, from a coded error. */
export function reasonOf(error: CodedError): ItemReason {
  return { code: error.code, text: error.texts };
}

/**
 * What a failed attempt means for its item.
 *
 * - The source cannot be reached: it may still hold the footage, so the item waits; once the time of overwriting
 *   has passed there is nothing left to wait for (`not_obtained`).
 * - Credentials refused, the folder no longer allowed, or no agreement covers it any more: never tried again by
 *   itself, a person must act (`failed`).
 * - No space, a stalled or broken source, anything unforeseen: tried again with growing pauses, then `failed`.
 */
export function resultOfFailure(
  error: unknown,
  { attempt, counted, give_up_at_ms }: FailedAttempt,
  now_ms: number,
  policy: RetryPolicy,
): ExtractionResult {
  const coded = isCoded(error) ? error : new CodedError('EXTRACTION_FAULT', {}, { cause: error });
  const reason = reasonOf(coded);
  const not_before_ms = now_ms + pause_ms(attempt, policy);
  if (coded.code.startsWith('AGREEMENT_')) return { outcome: 'failed', reason };
  switch (coded.code) {
    case 'SOURCE_UNREACHABLE':
    case 'FOOTAGE_BEING_WRITTEN':
      return give_up_at_ms <= now_ms
        ? { outcome: 'not_obtained', reason }
        : { outcome: 'waiting', reason, not_before_ms };
    case 'AWAITS_UPLOAD':
      // Not a failure: the owner has time, and whoever hands something in makes the item due.
      return give_up_at_ms <= now_ms
        ? { outcome: 'not_obtained', reason }
        : { outcome: 'waiting', reason, not_before_ms: now_ms + UPLOAD_LOOK_MS };
    case 'UPLOAD_OUTSIDE_SPAN':
    case 'UPLOAD_CHANGED':
    case 'UPLOAD_CANNOT_BE_SHORTENED':
    case 'PACKAGE_CHANGED':
    case 'APPROVED_PART_OF_PACKAGE':
    case 'SOURCE_REFUSED':
    case 'OWNER_ASKS_FIRST':
    case 'FOLDER_NOT_ALLOWED':
    case 'PLAYBACK_NOT_CALIBRATED':
    case 'PLAYBACK_FINDING_STALE':
    case 'PLAYBACK_CHANNEL_UNKNOWN':
      return { outcome: 'failed', reason };
    case 'ARCHIVE_FULL':
      return { outcome: 'retry', reason, not_before_ms };
    default:
      return counted >= policy.attempts_max
        ? { outcome: 'failed', reason }
        : { outcome: 'retry', reason, not_before_ms: now_ms + pause_ms(counted, policy) };
  }
}

/** An item without a file is looked at this often: handing one in makes it due at once. */
const UPLOAD_LOOK_MS = 86_400_000;

function pause_ms(attempt: number, policy: RetryPolicy): number {
  return Math.min(policy.delay_ms_max, policy.delay_ms * 2 ** Math.min(Math.max(attempt, 1) - 1, 20));
}
