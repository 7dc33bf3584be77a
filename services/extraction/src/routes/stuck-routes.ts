import { giveUpItem, listStuckItems as listRoute, retryItem } from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance } from 'fastify';
import { giveUpStuck, listStuckItems, retryStuck } from '../stuck/stuck-items.ts';
import type { ExtractionRouteDeps } from './deps.ts';
import { viewItem } from './item-view.ts';

/** Items that stopped and wait for a person: the list, trying again, giving up. None of it shows footage. */
export function stuckRoutes(app: FastifyInstance, deps: ExtractionRouteDeps): void {
  const list = listStuckItems(deps);
  const retry = retryStuck(deps);
  const giveUp = giveUpStuck(deps);

  registerRoute(app, listRoute, async ({ query, request: call }) => {
    const unit_ids = await deps.unitScope(call, 'item.retry');
    return pageAnswer(await list(unit_ids, pageRequest(query)), (item) => item);
  });

  registerRoute(app, retryItem, async ({ params, request: call }) => {
    const { item, request } = await viewItem(deps.store, params.item_id);
    const target = { unit_id: request.unit_id, subject_kind: 'item', subject_id: item.id };
    const actor = await deps.authorize(call, 'item.retry', target);
    await retry({ actor, item, request });
    return (await viewItem(deps.store, params.item_id)).view;
  });

  registerRoute(app, giveUpItem, async ({ params, body, request: call }) => {
    const { item, request } = await viewItem(deps.store, params.item_id);
    const target = { unit_id: request.unit_id, subject_kind: 'item', subject_id: item.id };
    const actor = await deps.authorize(call, 'item.give_up', target);
    await giveUp({ actor, item, request }, body.reason);
    return (await viewItem(deps.store, params.item_id)).view;
  });
}
