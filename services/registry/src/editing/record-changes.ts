import { actorFields } from '@minhchung/contract/server';
import type { Actor } from '@minhchung/domain';
import type { AuditEvent, ChangedFields, ChangeSubject, Repositories } from '@minhchung/store';

/** One thing of the register that became another. */
export interface Change {
  /** As in the audit trail, e.g. `camera.update`. */
  readonly act: string;
  readonly subject_kind: ChangeSubject;
  readonly subject_id: string;
  readonly unit_id: string | null;
  /** The whole record or some fields; only what differs is kept. Null: it was not there. */
  readonly before: object | null;
  readonly after: object;
  /** For the audit trail, which tells what happened and leaves the values to the history. */
  readonly details: AuditEvent['details'];
}

/** What is the same for all of one transaction. */
export interface ChangeContext {
  readonly tx: Repositories;
  /** Null: the product itself, or somebody without an account. */
  readonly actor: Actor | null;
  readonly at_ms: number;
}

/**
 * Writes who changed what into the history and the audit trail. Call it last in the transaction: the trail's head
 * stays locked from there on.
 */
export async function recordChanges(context: ChangeContext, changes: readonly Change[]): Promise<void> {
  await appendHistories(context, changes);
  for (const change of changes) await recordAudit(context, change);
}

/** The audit trail alone, for what is no change of the register. */
export async function recordAudit(
  { tx, actor, at_ms }: ChangeContext,
  { act, subject_kind, subject_id, unit_id, details }: Act,
): Promise<void> {
  const who = actor === null ? { account_id: null, person_id: null } : actorFields(actor);
  await tx.audit.append({ at_ms, act, ...who, unit_id, subject_kind, subject_id, outcome: 'ok', details });
}

type Act = Pick<AuditEvent, 'act' | 'subject_kind' | 'subject_id' | 'unit_id' | 'details'>;

/** The history alone, for acts that append their audit events themselves. */
export async function appendHistory(context: ChangeContext, change: Omit<Change, 'details'>): Promise<void> {
  await appendHistories(context, [change]);
}

/** The same for many changes, in few statements. */
export async function appendHistories(
  { tx, actor, at_ms }: ChangeContext,
  changes: readonly Omit<Change, 'details'>[],
): Promise<void> {
  await tx.changes.appendMany(
    changes.map(({ act, subject_kind, subject_id, unit_id, before, after }) => ({
      ...{ at_ms, actor, act, subject_kind, subject_id, unit_id },
      ...{ before: fieldsOf(before), after: fieldsOf(after) },
    })),
  );
}

/** Fields of the vocabulary are JSON; the type of a record does not say so. */
function fieldsOf(record: object | null): ChangedFields {
  return { ...record } as ChangedFields;
}
