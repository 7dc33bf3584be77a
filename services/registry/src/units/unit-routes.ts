import * as contract from '@minhchung/contract';
import {
  pageAnswer,
  pageRequest,
  type RouteDeps,
  type RoutePlugin,
  registerRoute,
} from '@minhchung/contract/server';
import { type Actor, CodedError } from '@minhchung/domain';
import type { Settings } from '@minhchung/settings';
import { loadUnitMap, type Store, type UnitBoundary } from '@minhchung/store';
import type { FastifyInstance } from 'fastify';
import { readBody } from '../read-body.ts';
import { changeMap } from './change-map.ts';
import { changeUnit, createUnit } from './change-units.ts';
import { boundaryOfFile, drawBoundary } from './draw-boundary.ts';
import { importUnits } from './import-units.ts';
import { type Move, reassignPart, type UndecidedThing } from './reassign.ts';
import { findUnit } from './unit-act.ts';

type UnitRouteDeps = RouteDeps<Store, Settings>;

/** Provinces and wards: register, boundaries, changes of the map. */
export function unitRoutes(deps: UnitRouteDeps): RoutePlugin {
  return async (app) => {
    registerRoutes(app, deps);
    boundaryRoutes(app, deps);
    mapRoutes(app, deps);
  };
}

function editor(deps: UnitRouteDeps, actor: Actor) {
  return { actor, now_ms: deps.time.now_ms() };
}

function registerRoutes(app: FastifyInstance, deps: UnitRouteDeps): void {
  const { store } = deps;
  const create = createUnit(deps);
  const change = changeUnit(deps);

  registerRoute(app, contract.listUnits, async ({ query, request }) => {
    await deps.authorize(request, 'unit.read', { unit_id: null });
    return pageAnswer(await store.units.list(pageRequest(query)), (unit) => unit);
  });

  registerRoute(app, contract.createUnit, async ({ body, request }) => {
    const actor = await deps.authorize(request, 'unit.manage', { unit_id: body.parent_id });
    return create(editor(deps, actor), body);
  });

  registerRoute(app, contract.changeUnit, async ({ params, body, request }) => {
    const unit = await findUnit(store, params.unit_id);
    const actor = await deps.authorize(request, 'unit.manage', { unit_id: unit.id });
    return change(editor(deps, actor), unit.id, body);
  });
}

function boundaryRoutes(app: FastifyInstance, deps: UnitRouteDeps): void {
  const { store } = deps;
  const draw = drawBoundary(deps);

  registerRoute(app, contract.readUnitBoundary, async ({ params, request }) => {
    await deps.authorize(request, 'unit.read', { unit_id: null });
    const boundary = await store.boundaries.ofUnit(params.unit_id);
    if (boundary === null) throw new CodedError('NOT_FOUND', { what: 'boundary', id: params.unit_id });
    return shownBoundary(boundary);
  });

  registerRoute(app, contract.setUnitBoundary, async ({ params, body, request }) => {
    const unit = await findUnit(store, params.unit_id);
    const actor = await deps.authorize(request, 'unit.manage', { unit_id: unit.id });
    const boundary = boundaryOfFile(await readBody(body));
    return shownBoundary(await draw(editor(deps, actor), unit.id, boundary));
  });
}

function mapRoutes(app: FastifyInstance, deps: UnitRouteDeps): void {
  const { store } = deps;
  const change = changeMap(deps);
  const run = importUnits(deps);
  const reassign = reassignPart(deps);

  registerRoute(app, contract.changeMap, async ({ body, request }) => {
    let actor = await deps.authorize(request, 'unit.manage', { unit_id: null });
    const units = [
      ...body.end.map(({ unit_id }) => unit_id),
      ...body.create.flatMap(({ parent_id }) => parent_id ?? []),
    ];
    for (const unit_id of new Set(units)) {
      await findUnit(store, unit_id);
      actor = await deps.authorize(request, 'unit.manage', { unit_id });
    }
    return { units: await change(editor(deps, actor), body) };
  });

  registerRoute(app, contract.importUnits, async ({ actor, body, query, request }) => {
    const scope = new Set(await deps.unitScope(request, 'unit.manage'));
    const bytes = await readBody(body);
    const parent_code = query.parent_code ?? null;
    return run({ by: editor(deps, actor), scope, parent_code, mode: query.mode, bytes });
  });

  registerRoute(app, contract.reassignUnits, async ({ actor, query, request, signal }) => {
    const scope = new Set(await deps.unitScope(request, 'unit.manage'));
    const by = editor(deps, actor);
    const map = await loadUnitMap(store, by.now_ms);
    const moves: Move[] = [];
    const undecided_things: UndecidedThing[] = [];
    let examined = 0;
    let cursor = query.cursor ?? null;
    do {
      signal.throwIfAborted();
      const part = await reassign(by, { map, scope, mode: query.mode, cursor });
      examined += part.examined;
      moves.push(...part.moves);
      undecided_things.push(...part.undecided);
      cursor = part.next_cursor;
    } while (cursor !== null && examined < contract.REASSIGNED_PER_CALL_MAX);
    const counted = { examined, moved: moves.length, undecided: undecided_things.length };
    return { mode: query.mode, at_ms: by.now_ms, ...counted, moves, undecided_things, next_cursor: cursor };
  });
}

function shownBoundary({ unit_id, geometry, vertices, sha256, set_at_ms }: UnitBoundary) {
  return { unit_id, geometry: JSON.parse(geometry), vertices, sha256, set_at_ms };
}
