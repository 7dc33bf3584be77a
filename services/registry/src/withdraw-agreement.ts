import { type Actor, type Agreement, type Camera, CodedError } from '@minhchung/domain';
import { cancelItems, holdOpenRequests, whoActed } from './cancel-items.ts';
import type { RegistryDeps } from './deps.ts';
import { appendHistory, type ChangeContext } from './editing/record-changes.ts';

/** What a withdrawal ended. */
export interface Withdrawal {
  readonly agreement: Agreement;
  readonly credentials_destroyed: boolean;
}

/** Records an owner's withdrawal that a technician was told of, as `withdrawWithin` does. */
export function withdrawAgreement(deps: Pick<RegistryDeps, 'store' | 'time'>) {
  return async (actor: Actor, camera: Camera, reason: string): Promise<Withdrawal> =>
    deps.store.transaction((tx) => {
      const context = { tx, actor, at_ms: deps.time.now_ms() };
      return withdrawWithin(context, camera, { reason });
    });
}

/**
 * Records an owner's withdrawal: every agreement for the camera ends (what is registered anew is added beside what
 * was there), the credentials of the device are destroyed, and what was asked for on the owner's word and has no
 * outcome yet is cancelled, in one transaction. Call it before anything else is written there. Throws
 * `AGREEMENT_MISSING` when there is nothing to withdraw, `AGREEMENT_WITHDRAWN` the second time.
 */
export async function withdrawWithin(
  context: ChangeContext,
  camera: Camera,
  details: Readonly<Record<string, string>>,
): Promise<Withdrawal> {
  const { tx, actor, at_ms } = context;
  const open = await holdOpenRequests(tx, camera);
  const agreements = await tx.agreements.ofCamera(camera.id);
  const [newest] = agreements;
  if (newest === undefined) throw new CodedError('AGREEMENT_MISSING');
  const withdrawn: string[] = [];
  let credentials_destroyed = false;
  for (const { id } of agreements) {
    const result = await tx.agreements.withdraw(id, at_ms);
    if (result.withdrawn) withdrawn.push(id);
    credentials_destroyed ||= result.credentials_destroyed;
  }
  if (withdrawn.length === 0) throw new CodedError('AGREEMENT_WITHDRAWN');
  await tellHistory(context, camera, withdrawn);
  const events = await cancelItems(tx, actor, camera, open, at_ms);
  await tx.audit.append({
    at_ms,
    act: 'agreement.withdraw',
    ...whoActed(actor),
    unit_id: camera.unit_id,
    subject_kind: 'agreement',
    subject_id: newest.id,
    outcome: 'ok',
    details: { camera: camera.code, ...details, credentials_destroyed, agreement_ids: withdrawn },
  });
  for (const event of events) await tx.audit.append(event);
  const agreement = { ...newest, withdrawn_at_ms: newest.withdrawn_at_ms ?? at_ms };
  return { agreement, credentials_destroyed };
}

/** The agreements that ended, and the camera that is reached by its owner only from now on. */
async function tellHistory(
  context: ChangeContext,
  camera: Camera,
  agreement_ids: readonly string[],
): Promise<void> {
  const change = { act: 'agreement.withdraw', unit_id: camera.unit_id } as const;
  const ended = { before: { withdrawn_at_ms: null }, after: { withdrawn_at_ms: context.at_ms } };
  for (const subject_id of agreement_ids) {
    await appendHistory(context, { ...change, subject_kind: 'agreement', subject_id, ...ended });
  }
  const after = await context.tx.cameras.byId(camera.id);
  if (after === null || after.reach === camera.reach) return;
  const reach = { before: { reach: camera.reach }, after: { reach: after.reach } };
  await appendHistory(context, { ...change, subject_kind: 'camera', subject_id: camera.id, ...reach });
}
