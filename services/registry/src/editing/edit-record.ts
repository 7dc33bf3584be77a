import { EditConflict } from '@minhchung/contract/server';
import { type Actor, CodedError } from '@minhchung/domain';
import type { AuditEvent, ChangeSubject, Repositories } from '@minhchung/store';
import type { RegistryDeps } from '../deps.ts';
import { type Change, type ChangeContext, recordChanges } from './record-changes.ts';
import { versionOf } from './version.ts';

export type EditDeps = Pick<RegistryDeps, 'store' | 'time'>;

/** How one kind of record is changed. */
export interface Edit<T extends { readonly id: string }> {
  readonly subject_kind: ChangeSubject;
  readonly act: string;
  readonly actor: Actor;
  /** The record as it was when the actor was found allowed to change it. */
  readonly seen: T;
  /** What the actor's change was made from. */
  readonly version: string;
  /** The record, held until the transaction ends. */
  lock(tx: Repositories): Promise<T | null>;
  /** What it becomes. Throws what stands against it. */
  change(tx: Repositories, before: T, at_ms: number): Promise<T>;
  /** Writes it, with what hangs on it; returns further changes to be recorded. */
  write(context: ChangeContext, after: T, before: T): Promise<readonly Change[]>;
  unitOf(record: T): string | null;
  details(after: T): AuditEvent['details'];
}

/**
 * One change, all or nothing: the record is held, compared with the version the change was made from, checked,
 * written, and told to history and audit trail. A change that changes nothing writes nothing. Throws `EditConflict`
 * with the present record when somebody was faster, `NOT_FOUND`.
 */
export async function editRecord<T extends { readonly id: string }>(
  deps: EditDeps,
  edit: Edit<T>,
): Promise<T> {
  return deps.store.transaction(async (tx) => {
    const before = await lockSeen(tx, edit);
    const at_ms = deps.time.now_ms();
    const after = await edit.change(tx, before, at_ms);
    if (versionOf(after) === edit.version) return before;
    const context = { tx, actor: edit.actor, at_ms };
    const further = await edit.write(context, after, before);
    await recordChanges(context, [changeOf(edit, before, after), ...further]);
    return after;
  });
}

/**
 * The record, held until the transaction ends and still what the change was made from. Throws `EditConflict`,
 * `NOT_FOUND`.
 */
export async function lockSeen<T extends { readonly id: string }>(
  tx: Repositories,
  edit: Pick<Edit<T>, 'lock' | 'seen' | 'version' | 'subject_kind'>,
): Promise<T> {
  const before = await edit.lock(tx);
  if (before === null) throw new CodedError('NOT_FOUND', { what: edit.subject_kind, id: edit.seen.id });
  const version = versionOf(before);
  // The version the actor was judged by counts as well: permission was asked for that record's unit.
  if (version !== edit.version || version !== versionOf(edit.seen))
    throw new EditConflict({ ...before, version });
  return before;
}

function changeOf<T extends { readonly id: string }>(edit: Edit<T>, before: T, after: T): Change {
  const { act, subject_kind } = edit;
  const fields = Object.keys(after).filter((key) => {
    const field = key as keyof T;
    return JSON.stringify(before[field]) !== JSON.stringify(after[field]);
  });
  return {
    ...{ act, subject_kind, subject_id: after.id, unit_id: edit.unitOf(after), before, after },
    details: { ...edit.details(after), changes: fields },
  };
}

/** `after` with the fields that were said; what is undefined was not. */
export function withFields<T extends object>(
  before: T,
  fields: { readonly [K in keyof T]?: T[K] | undefined },
): T {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(said) };
}
