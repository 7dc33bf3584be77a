import type { Actor } from '@minhchung/domain';
import type { AuditEvent } from '@minhchung/store';
import { whoActed } from '../cancel-items.ts';

/** What an act was done to. */
export interface OwnerSubject {
  readonly kind: 'registration' | 'owner_link' | 'owner' | 'agreement' | 'item' | 'camera' | 'request';
  readonly id: string;
  readonly unit_id: string | null;
}

/** An act of this part as the trail has it. `actor` null: an owner, a stranger, or the product itself. */
export function actOf(
  act: string,
  at_ms: number,
  actor: Actor | null,
  subject: OwnerSubject,
  details: AuditEvent['details'] = {},
): AuditEvent {
  const about = { unit_id: subject.unit_id, subject_kind: subject.kind, subject_id: subject.id };
  return { at_ms, act, ...whoActed(actor), ...about, outcome: 'ok', details };
}
