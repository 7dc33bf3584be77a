import type { Actor } from '@minhchung/domain';
import type { AuditEvent } from '@minhchung/store';

/** What an act was done to. */
export interface IntakeSubject {
  readonly kind: 'upload' | 'upload_link' | 'item';
  readonly id: string;
  readonly unit_id: string;
}

/** An act of this part as the trail has it. `actor` null: an owner, or the product itself. */
export function actOf(
  act: string,
  at_ms: number,
  actor: Pick<Actor, 'account_id' | 'person_id'> | null,
  subject: IntakeSubject,
  details: AuditEvent['details'] = {},
): AuditEvent {
  return {
    ...{ at_ms, act, account_id: actor?.account_id ?? null, person_id: actor?.person_id ?? null },
    ...{ unit_id: subject.unit_id, subject_kind: subject.kind, subject_id: subject.id },
    ...{ outcome: 'ok', details },
  };
}
