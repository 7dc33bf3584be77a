import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../../deps.ts';
import { releaseDevice } from '../release-device.ts';
import { authorizeAt, known } from './authorized.ts';

/** Ending what a household holds of a device, by somebody who registers no cameras. */
export function releaseDeviceRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const release = releaseDevice(deps);
  registerRoute(app, contract.releaseDevice, async ({ params, body, request }) => {
    const { recorder_id } = params;
    const recorder = known(await deps.store.recorders.byId(recorder_id), 'recorder', recorder_id);
    const subject = { kind: 'recorder', id: recorder.id } as const;
    const units = [recorder.unit_id];
    const actor = await authorizeAt(deps, request, 'household_device.release', subject, units);
    return release(actor, recorder, body.reason);
  });
}
