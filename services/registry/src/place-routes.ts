import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import { CodedError } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import { createNetwork, createScheme, createSite } from './create-place.ts';
import type { RegistryDeps } from './deps.ts';

/** Networks, schemes and sites. */
export function placeRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  networkRoutes(app, deps);
  schemeRoutes(app, deps);
  siteRoutes(app, deps);
}

function networkRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const create = createNetwork(deps);
  registerRoute(app, contract.createNetwork, async ({ body, request }) => {
    const actor = await deps.authorize(request, 'camera.manage', { unit_id: null, subject_kind: 'network' });
    return create(actor, body);
  });
  registerRoute(app, contract.listNetworks, async ({ query, request }) => {
    await deps.authorize(request, 'unit.read', { unit_id: null, subject_kind: 'network' });
    return pageAnswer(await deps.store.networks.list(pageRequest(query)), (network) => network);
  });
}

function schemeRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const create = createScheme(deps);
  registerRoute(app, contract.createScheme, async ({ body, request }) => {
    const target = { unit_id: body.unit_id, subject_kind: 'scheme' };
    const actor = await deps.authorize(request, 'camera.manage', target);
    return create(actor, body);
  });
  registerRoute(app, contract.listSchemes, async ({ query, request }) => {
    const scope = await deps.unitScope(request, 'unit.read');
    const unit_ids = query.unit_id === undefined ? scope : scope.filter((one) => one === query.unit_id);
    return pageAnswer(await deps.store.schemes.list({ unit_ids }, pageRequest(query)), (scheme) => scheme);
  });
}

function siteRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const create = createSite(deps);
  registerRoute(app, contract.createSite, async ({ body, request }) => {
    const scheme = await deps.store.schemes.byId(body.scheme_id);
    if (scheme === null) throw new CodedError('UNKNOWN_SCHEME', { scheme: body.scheme_id });
    const target = { unit_id: scheme.unit_id, subject_kind: 'scheme', subject_id: scheme.id };
    const actor = await deps.authorize(request, 'camera.manage', target);
    return create(actor, scheme.unit_id, body);
  });
  registerRoute(app, contract.listSites, async ({ query, request }) => {
    await deps.authorize(request, 'unit.read', { unit_id: null, subject_kind: 'site' });
    const filter = query.scheme_id === undefined ? {} : { scheme_id: query.scheme_id };
    return pageAnswer(await deps.store.sites.list(filter, pageRequest(query)), (site) => site);
  });
}
