import { CodedError, consentFor, type ExtractionAssignment } from '@minhchung/domain';

/**
 * The last look before anything is fetched: an owner may have withdrawn since the request was approved. Throws
 * the `AGREEMENT_…` code that applies.
 */
export function checkAgreement(assignment: ExtractionAssignment, now_ms: number): void {
  const { camera, agreements, request, order, approved } = assignment;
  const consent = consentFor(
    camera,
    agreements,
    { span: approved, purpose: request.purpose, has_lawful_order: order !== null },
    now_ms,
  );
  // Items whose owner wants to be asked wait for the answer before they are queued: `ask_owner` has been settled.
  if (consent.kind === 'deny') throw new CodedError(consent.code, consent.details);
}
