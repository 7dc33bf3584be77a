import type { Actor } from '@minhchung/domain';
import type { RegistryDeps } from '../deps.ts';

/** Days agreed, of whom. */
export interface AgreedDays {
  readonly subject_kind: 'camera' | 'scheme';
  readonly subject_id: string;
  readonly unit_id: string;
  /** Null: nothing of its own. */
  readonly days: number | null;
}

/** Sets or takes away the days that a camera or a scheme was agreed to keep, with what stood there before. */
export async function setRetentionAgreed(
  deps: Pick<RegistryDeps, 'store' | 'time'>,
  actor: Actor,
  { subject_kind, subject_id, unit_id, days }: AgreedDays,
): Promise<void> {
  const at_ms = deps.time.now_ms();
  await deps.store.transaction(async (tx) => {
    const before = await tx.retention.of(subject_kind, subject_id);
    if ((before?.days ?? null) === days) return;
    if (days === null) await tx.retention.remove(subject_kind, subject_id);
    else {
      const set_by = actor.person_id;
      await tx.retention.set({ subject_kind, subject_id, days, set_at_ms: at_ms, set_by });
    }
    await tx.changes.append({
      ...{ at_ms, actor, act: `${subject_kind}.set_retention`, subject_kind, subject_id, unit_id },
      before: { retention_agreed_days: before?.days ?? null },
      after: { retention_agreed_days: days },
    });
    await tx.audit.append({
      ...{
        at_ms,
        act: `${subject_kind}.set_retention`,
        account_id: actor.account_id,
        person_id: actor.person_id,
      },
      ...{ unit_id, subject_kind, subject_id, outcome: 'ok' },
      details: { days },
    });
  });
}
