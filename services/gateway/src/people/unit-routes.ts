import { createUnit, listUnits } from '@minhchung/contract';
import {
  actorFields,
  InvalidInputError,
  pageAnswer,
  pageRequest,
  type RouteDeps,
  type RoutePlugin,
  registerRoute,
} from '@minhchung/contract/server';
import { CodedError, type Unit } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';

const WARD_BELOW_PROVINCE = {
  path: 'parent_id',
  message: {
    vi: 'phường, xã phải thuộc một tỉnh, thành phố; tỉnh, thành phố không thuộc đơn vị nào',
    en: 'a ward lies below a province; a province lies below nothing',
  },
};

/** Provinces and wards. */
export function unitRoutes(deps: RouteDeps<Store, Settings>): RoutePlugin {
  const { store, time } = deps;
  return async (app) => {
    registerRoute(app, listUnits, async ({ query, request }) => {
      await deps.authorize(request, 'unit.read', { unit_id: null });
      return pageAnswer(await store.units.list(pageRequest(query)), (unit) => unit);
    });

    registerRoute(app, createUnit, async ({ body, request }) => {
      const actor = await deps.authorize(request, 'unit.manage', {
        unit_id: body.parent_id,
        subject_kind: 'unit',
      });
      const parent = body.parent_id === null ? null : await store.units.byId(body.parent_id);
      if (body.parent_id !== null && parent === null) {
        throw new CodedError('UNKNOWN_UNIT', { unit: body.parent_id });
      }
      if ((body.level === 'ward') !== (parent?.level === 'province')) {
        throw new InvalidInputError([WARD_BELOW_PROVINCE]);
      }
      const unit: Unit = { id: deps.newId(), ...body, valid_to_ms: null, successor_ids: [] };
      await store.transaction(async (tx) => {
        await tx.units.create(unit);
        await tx.audit.append({
          at_ms: time.now_ms(),
          act: 'unit.create',
          ...actorFields(actor),
          unit_id: unit.id,
          subject_kind: 'unit',
          subject_id: unit.id,
          outcome: 'ok',
          details: { code: unit.code, level: unit.level },
        });
      });
      return unit;
    });
  };
}
