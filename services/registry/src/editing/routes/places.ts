import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../../deps.ts';
import { changeScheme, changeSite } from '../change-place.ts';
import { versioned } from '../version.ts';
import { authorizeAt, known } from './authorized.ts';

/** Schemes and sites one by one. */
export function placeRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const { schemes, sites } = deps.store;
  const change = changeScheme(deps);
  const changeOne = changeSite(deps);
  const schemeOf = async (id: string) => known(await schemes.byId(id), 'scheme', id);
  const siteOf = async (id: string) => known(await sites.byId(id), 'site', id);

  registerRoute(app, contract.readScheme, async ({ params, request }) => {
    const scheme = await schemeOf(params.scheme_id);
    await authorizeAt(deps, request, 'unit.read', { kind: 'scheme', id: scheme.id }, [scheme.unit_id]);
    return versioned(scheme);
  });

  registerRoute(app, contract.changeScheme, async ({ params, body, request }) => {
    const seen = await schemeOf(params.scheme_id);
    const { version, ...fields } = body;
    const subject = { kind: 'scheme', id: seen.id } as const;
    const actor = await authorizeAt(deps, request, 'camera.manage', subject, [seen.unit_id]);
    return versioned(await change(actor, seen, version, fields));
  });

  registerRoute(app, contract.readSite, async ({ params, request }) => {
    const site = await siteOf(params.site_id);
    const { unit_id } = await schemeOf(site.scheme_id);
    await authorizeAt(deps, request, 'unit.read', { kind: 'site', id: site.id }, [unit_id]);
    return versioned(site);
  });

  registerRoute(app, contract.changeSite, async ({ params, body, request }) => {
    const seen = await siteOf(params.site_id);
    const { unit_id } = await schemeOf(seen.scheme_id);
    const { version, ...fields } = body;
    const actor = await authorizeAt(deps, request, 'camera.manage', { kind: 'site', id: seen.id }, [unit_id]);
    return versioned(await changeOne(actor, seen, unit_id, version, fields));
  });
}
