import { actorFields } from '@minhchung/contract/server';
import type { Actor } from '@minhchung/domain';
import type { AuditEvent } from '@minhchung/store';

/** What an act was done to. */
export interface Subject {
  readonly kind: 'tip' | 'incident' | 'case' | 'request' | 'item' | 'search';
  readonly id: string;
  readonly unit_id: string | null;
}

/** The audit event of an act that was done. `actor` null: the product itself did it. */
export function act(
  name: string,
  at_ms: number,
  actor: Actor | null,
  subject: Subject,
  details: AuditEvent['details'] = {},
): AuditEvent {
  return {
    at_ms,
    act: name,
    ...(actor === null ? { account_id: null, person_id: null } : actorFields(actor)),
    unit_id: subject.unit_id,
    subject_kind: subject.kind,
    subject_id: subject.id,
    outcome: 'ok',
    details,
  };
}
