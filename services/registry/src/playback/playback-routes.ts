import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import { CodedError } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../deps.ts';
import { toolsOf } from '../probe/tools-of.ts';
import { calibrateRecorder } from './calibrate-recorder.ts';

/** Calibrating recorders that play at an address of their maker's own. */
export function playbackRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  registerRoute(app, contract.calibrateRecorder, async ({ params, body, request, signal }) => {
    const recorder = await deps.store.recorders.byId(params.recorder_id);
    if (recorder === null) throw new CodedError('NOT_FOUND', { what: 'recorder', id: params.recorder_id });
    const target = { unit_id: recorder.unit_id, subject_kind: 'recorder', subject_id: recorder.id };
    const actor = await deps.authorize(request, 'camera.probe', target);
    const calibrate = calibrateRecorder({ ...deps, tools: toolsOf(deps) });
    const { channel = null, readings = [], zone_offset_min = null } = body;
    return calibrate(actor, { recorder, channel, readings, stated_zone_min: zone_offset_min }, signal);
  });
}
