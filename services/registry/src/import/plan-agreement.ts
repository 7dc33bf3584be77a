import type { Agreement } from '@minhchung/domain';
import { CellFault } from './cell-fault.ts';
import type { PlanContext } from './plan-context.ts';
import type { RegisterRow, RowAgreement } from './register-row.ts';

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
  const newest = is_registered
    ? ((await context.repositories.agreements.ofCamera(camera_id))[0] ?? null)
    : null;
  const wanted = row.agreement;
  if (newest?.withdrawn_at_ms != null) {
    const begins_ms = wanted?.valid_from_ms ?? null;
    if (begins_ms === null || begins_ms <= newest.withdrawn_at_ms) {
      throw new CellFault('agreement_valid_from', null, 'AGREEMENT_WITHDRAWN');
    }
  } else if (wanted === null || (newest !== null && isSame(newest, wanted))) {
    return null;
  }
  return wanted === null ? null : newAgreement(context, camera_id, wanted);
}

function isSame(known: Agreement, wanted: RowAgreement): boolean {
  return (
    known.mode === wanted.mode &&
    (wanted.valid_from_ms === null || known.valid_from_ms === wanted.valid_from_ms) &&
    (wanted.valid_to_ms === null || known.valid_to_ms === wanted.valid_to_ms)
  );
}

/** The owner confirmed it when it was signed: on its first day, unless that is still to come. */
function newAgreement(context: PlanContext, camera_id: string, wanted: RowAgreement): Agreement {
  const valid_from_ms = wanted.valid_from_ms ?? context.now_ms;
  return {
    id: context.newId(),
    camera_id,
    mode: wanted.mode,
    purposes: ['incident'],
    hours: null,
    valid_from_ms,
    valid_to_ms: wanted.valid_to_ms,
    confirmed_at_ms: Math.min(valid_from_ms, context.now_ms),
    withdrawn_at_ms: null,
  };
}
