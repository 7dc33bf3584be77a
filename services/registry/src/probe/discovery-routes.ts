import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../deps.ts';
import { findDevices } from './find-devices.ts';
import { toolsOf } from './tools-of.ts';

/** Looking for devices by multicast. */
export function discoveryRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  registerRoute(app, contract.discoverDevices, async ({ body, request, signal }) => {
    const target = { unit_id: null, subject_kind: 'device' };
    const actor = await deps.authorize(request, 'camera.probe', target);
    const own_units = new Set(await deps.unitScope(request, 'camera.read'));
    const find = findDevices({ ...deps, tools: toolsOf(deps) });
    const found = await find(actor, body.interface ?? null, signal);
    return {
      items: found.map(({ address, device_url, name, hardware, location, recorders }) => ({
        ...{ address, device_url, name, hardware, location },
        is_registered: recorders.length > 0,
        recorders: recorders
          .filter(({ unit_id }) => own_units.has(unit_id))
          .map(({ id, code }) => ({ id, code })),
      })),
    };
  });
}
