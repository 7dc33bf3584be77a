import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import { CodedError } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../../deps.ts';
import { setOrderAccount } from '../order-account.ts';
import { authorizeAt, cameraOf } from './authorized.ts';

/** The account of a device, entered for one item of a lawful order. */
export function orderAccountRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const set = setOrderAccount(deps);
  registerRoute(app, contract.setOrderAccount, async ({ params, body, request }) => {
    const item = await deps.store.items.byId(params.item_id);
    if (item === null) throw new CodedError('NOT_FOUND', { what: 'item', id: params.item_id });
    const camera = await cameraOf(deps, item.camera_id);
    const subject = { kind: 'camera', id: camera.id } as const;
    const actor = await authorizeAt(deps, request, 'order.enter_account', subject, [camera.unit_id]);
    await set(actor, item, camera, body);
    return undefined;
  });
}
