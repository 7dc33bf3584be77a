import { CodedError } from '../errors.ts';
import type { Agreement } from '../vocabulary/network.ts';

/**
 * Why an agreement that begins at this moment cannot be added, or null. A withdrawal is the owner's word and outlives
 * spreadsheets and habits: only an agreement that begins after the newest one's withdrawal brings the camera back.
 * `agreements`: those of the camera, newest first. `begins_ms` null: not said.
 */
export function renewalRefusal(
  agreements: readonly Pick<Agreement, 'withdrawn_at_ms'>[],
  begins_ms: number | null,
): CodedError | null {
  const withdrawn_at_ms = agreements[0]?.withdrawn_at_ms ?? null;
  if (withdrawn_at_ms === null) return null;
  return begins_ms === null || begins_ms <= withdrawn_at_ms ? new CodedError('AGREEMENT_WITHDRAWN') : null;
}

/** What an owner allows, apart from what is known of it later: changing these is another agreement. */
export const AGREEMENT_TERMS = [
  'mode',
  'purposes',
  'allows_audio',
  'hours',
  'valid_from_ms',
  'valid_to_ms',
] as const;
