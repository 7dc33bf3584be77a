import { type Actor, type Camera, CodedError, ITEM_FINAL_STATES } from '@minhchung/domain';
import type { DeviceCredentials, ItemRecord, Repositories } from '@minhchung/store';
import type { RegistryDeps } from '../deps.ts';
import { recordAudit } from './record-changes.ts';

/**
 * Seals the account of a household's device for one item of a lawful order, where a withdrawal destroyed the
 * recorder's. It is used for this item only and destroyed with its outcome, or when it fails. Throws
 * `ORDER_ACCOUNT_UNNEEDED` where the order was not approved by a second person, the item has its outcome, or the
 * recorder has an account that a ground of its own keeps.
 */
export function setOrderAccount(deps: Pick<RegistryDeps, 'store' | 'time' | 'secrets'>) {
  return async (
    actor: Actor,
    item: ItemRecord,
    camera: Camera,
    credentials: DeviceCredentials,
  ): Promise<void> =>
    deps.store.transaction(async (tx) => {
      const at_ms = deps.time.now_ms();
      // The request first, as whoever finishes or cancels the item takes it.
      const request = await tx.requests.lock(item.request_id);
      const is_order = request?.legal_basis === 'lawful_order';
      if (!is_order || !(await isNeeded(tx, item.id, camera))) {
        throw new CodedError('ORDER_ACCOUNT_UNNEEDED', { request: request?.number ?? item.request_id });
      }
      await tx.itemCredentials.set(item.id, credentials, deps.secrets, at_ms);
      await recordAudit(
        { tx, actor, at_ms },
        {
          ...{ act: 'item.set_device_account', subject_kind: 'item', subject_id: item.id },
          ...{ unit_id: camera.unit_id, details: { camera: camera.code, request: request.number } },
        },
      );
    });
}

async function isNeeded(tx: Repositories, item_id: string, camera: Camera): Promise<boolean> {
  const item = await tx.items.byId(item_id);
  if (item === null || item.approved_at_ms === null) return false;
  if ((ITEM_FINAL_STATES as readonly string[]).includes(item.state)) return false;
  if (camera.kind !== 'household' || (await tx.orders.ofRequest(item.request_id)).length === 0) return false;
  return !(await tx.credentials.has(camera.recorder_id));
}
