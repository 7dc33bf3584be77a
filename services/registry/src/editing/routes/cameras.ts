import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../../deps.ts';
import { changeCamera, createCamera } from '../change-camera.ts';
import { retireCamera } from '../retire-camera.ts';
import { versioned } from '../version.ts';
import { authorizeAt, authorizeOwner, cameraOf, unitOfRecorder } from './authorized.ts';

/** Cameras one by one. */
export function cameraRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const create = createCamera(deps);
  const change = changeCamera(deps);
  const retire = retireCamera(deps);

  registerRoute(app, contract.readCameraRecord, async ({ params, request }) => {
    const camera = await cameraOf(deps, params.camera_id);
    await authorizeAt(deps, request, 'camera.read', { kind: 'camera', id: camera.id }, [camera.unit_id]);
    return versioned(camera);
  });

  registerRoute(app, contract.createCamera, async ({ body, request }) => {
    const units = [body.unit_id, await unitOfRecorder(deps, body.recorder_id)];
    const actor = await authorizeAt(deps, request, 'camera.manage', { kind: 'camera' }, units);
    await authorizeOwner(deps, request, 'agreement.manage', body.owner_id);
    return versioned(await create(actor, body));
  });

  registerRoute(app, contract.changeCamera, async ({ params, body, request }) => {
    const seen = await cameraOf(deps, params.camera_id);
    const { version, ...fields } = body;
    const units = [seen.unit_id, fields.unit_id, await unitOfRecorder(deps, fields.recorder_id)];
    const actor = await authorizeAt(deps, request, 'camera.manage', { kind: 'camera', id: seen.id }, units);
    if (fields.owner_id !== seen.owner_id)
      await authorizeOwner(deps, request, 'agreement.manage', fields.owner_id);
    return versioned(await change(actor, seen, version, fields));
  });

  registerRoute(app, contract.retireCamera, async ({ params, body, request }) => {
    const seen = await cameraOf(deps, params.camera_id);
    const subject = { kind: 'camera', id: seen.id } as const;
    const actor = await authorizeAt(deps, request, 'camera.manage', subject, [seen.unit_id]);
    const { camera, credentials_destroyed } = await retire(actor, seen, body.version, body.reason);
    return { camera: versioned(camera), credentials_destroyed };
  });
}
