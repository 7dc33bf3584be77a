import { createUnit, listUnits } from '@minhchung/contract';
import {
  pageAnswer,
  pageRequest,
  type RouteDeps,
  type RoutePlugin,
  registerRoute,
} from '@minhchung/contract/server';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';
import { addUnit } from './add-unit.ts';

/** Provinces and wards. */
export function unitRoutes(deps: RouteDeps<Store, Settings>): RoutePlugin {
  const { store, time } = deps;
  return async (app) => {
    registerRoute(app, listUnits, async ({ query, request }) => {
      await deps.authorize(request, 'unit.read', { unit_id: null });
      return pageAnswer(await store.units.list(pageRequest(query)), (unit) => unit);
    });

    registerRoute(app, createUnit, async ({ body, request }) => {
      const actor = await deps.authorize(request, 'unit.manage', { unit_id: body.parent_id });
      return addUnit(store, body, { actor, now_ms: time.now_ms() });
    });
  };
}
