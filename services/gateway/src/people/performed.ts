import { randomBytes } from 'node:crypto';
import { actorFields } from '@minhchung/contract/server';
import { type Actor, makeId } from '@minhchung/domain';
import type { AuditEvent } from '@minhchung/store';

/** Who does an administrative act, and when. A null actor is the operator at this machine's command line. */
export interface Performer {
  readonly actor: Actor | null;
  readonly now_ms: number;
}

/** An audit event of a successful administrative act. */
export function performed(
  by: Performer,
  event: Pick<AuditEvent, 'act' | 'unit_id' | 'subject_kind' | 'subject_id'> &
    Partial<Pick<AuditEvent, 'details'>>,
): AuditEvent {
  const operator: AuditEvent['details'] = by.actor === null ? { performed_by: 'command' } : {};
  return {
    at_ms: by.now_ms,
    ...(by.actor === null ? { account_id: null, person_id: null } : actorFields(by.actor)),
    outcome: 'ok',
    ...event,
    details: { ...operator, ...event.details },
  };
}

/** A new identifier of a record made now. */
export function newIdAt(now_ms: number): string {
  return makeId(now_ms, randomBytes(10));
}
