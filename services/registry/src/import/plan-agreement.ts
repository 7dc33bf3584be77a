import { type Agreement, type AgreementPurpose, renewalRefusal } from '@minhchung/domain';
import { CellFault } from './cell-fault.ts';
import { DAY_MS, dayOf } from './dates.ts';
import type { PlanContext } from './plan-context.ts';
import type { RegisterRow, RowAgreement } from './register-row.ts';

/** An agreement that names no purpose is taken for the narrowest one: what an owner did not say is not allowed. */
const PURPOSES_UNLESS_SAID: readonly AgreementPurpose[] = ['incident'];

/**
 * The agreement to add for a row, or null when nothing changes. Agreements are added, never rewritten.
 *
 * A withdrawal is the owner's word and outlives spreadsheets: an old file does not bring the agreement (nor the
 * device's password) back. Only an agreement that begins after the withdrawal does. Throws `CellFault`.
 */
export async function planAgreement(
  context: PlanContext,
  row: RegisterRow,
  camera_id: string,
  is_registered: boolean,
): Promise<Agreement | null> {
  const agreements = is_registered ? await context.repositories.agreements.ofCamera(camera_id) : [];
  const newest = agreements[0] ?? null;
  const wanted = row.agreement;
  if (newest?.withdrawn_at_ms != null) {
    // A row that says nothing of an agreement and brings no account leaves the withdrawal as it is.
    if (wanted === null && row.recorder.password === null) return null;
    const refusal = renewalRefusal(agreements, wanted?.valid_from_ms ?? null);
    if (wanted === null || refusal !== null) {
      throw new CellFault('agreement_valid_from', null, 'AGREEMENT_WITHDRAWN');
    }
    return newAgreement(context, camera_id, wanted, null);
  }
  if (wanted === null || (newest !== null && isSame(newest, wanted))) return null;
  return newAgreement(context, camera_id, wanted, newest);
}

/** Files tell days, the register moments: an agreement that was signed at noon began on that day. */
function isSame(known: Agreement, wanted: RowAgreement): boolean {
  return (
    known.mode === wanted.mode &&
    (wanted.purposes === null || sameWords(known.purposes, wanted.purposes)) &&
    (wanted.allows_audio === null || known.allows_audio === wanted.allows_audio) &&
    (wanted.valid_from_ms === null || dayOf(known.valid_from_ms) === wanted.valid_from_ms) &&
    (wanted.valid_to_ms === null || endOfLastDay(known.valid_to_ms) === wanted.valid_to_ms)
  );
}

/** The midnight after the last moment in force. */
function endOfLastDay(valid_to_ms: number | null): number | null {
  return valid_to_ms === null ? null : dayOf(valid_to_ms - 1) + DAY_MS;
}

function sameWords(known: readonly string[], wanted: readonly string[]): boolean {
  return known.length === wanted.length && wanted.every((word) => known.includes(word));
}

/**
 * The owner confirmed it when it was signed: on its first day, unless that is still to come. What the row leaves
 * empty stays as in the agreement before it.
 */
function newAgreement(
  context: PlanContext,
  camera_id: string,
  wanted: RowAgreement,
  before: Agreement | null,
): Agreement {
  const valid_from_ms = wanted.valid_from_ms ?? context.now_ms;
  return {
    id: context.newId(),
    camera_id,
    mode: wanted.mode,
    purposes: wanted.purposes ?? before?.purposes ?? PURPOSES_UNLESS_SAID,
    allows_audio: wanted.allows_audio ?? before?.allows_audio ?? false,
    hours: before?.hours ?? null,
    valid_from_ms,
    valid_to_ms: wanted.valid_to_ms ?? before?.valid_to_ms ?? null,
    confirmed_at_ms: Math.min(valid_from_ms, context.now_ms),
    notice: before?.notice ?? null,
    power_host: before?.power_host ?? null,
    network_host: before?.network_host ?? null,
    withdrawn_at_ms: null,
  };
}
