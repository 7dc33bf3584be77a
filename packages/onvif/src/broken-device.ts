import { type Bilingual, CodedError } from '@minhchung/domain';

/** `DEVICE_BROKEN` with its reason in both languages; the English one also for logs. */
export function brokenDevice(address: string, reason: Bilingual, cause?: unknown): CodedError {
  const details = { address, reason: reason.en, reason_vi: reason.vi };
  return new CodedError('DEVICE_BROKEN', details, cause === undefined ? undefined : { cause });
}
