import { CodedError, consentFor, type ExtractionAssignment } from '@minhchung/domain';

/**
 * The last look before anything is fetched: an owner may have withdrawn since the request was approved. Throws
 * the `AGREEMENT_…` code that applies, or `OWNER_ASKS_FIRST`.
 */
export function checkAgreement(assignment: ExtractionAssignment, now_ms: number): void {
  const { camera, agreements, request, order, approved, owner_accepted } = assignment;
  const consent = consentFor(
    camera,
    agreements,
    { span: approved, purpose: request.purpose, has_lawful_order: order !== null, owner_accepted },
    now_ms,
  );
  if (consent.kind === 'deny') throw new CodedError(consent.code, consent.details);
  // The owner has asked to be asked since: what nobody asked for is not taken.
  if (consent.kind === 'ask_owner') throw new CodedError('OWNER_ASKS_FIRST', { camera: camera.code });
}
