import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../deps.ts';
import { findCamera } from '../read-camera.ts';
import { acceptView } from './accept-view.ts';

/** What looks at pictures measured, and the view they are held against. */
export function pictureRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const find = findCamera(deps);
  const accept = acceptView(deps);

  registerRoute(app, contract.listPictureReadings, async ({ params, request }) => {
    const { id, unit_id } = await find(params.camera_id);
    await deps.authorize(request, 'camera.read', { unit_id, subject_kind: 'camera', subject_id: id });
    return { items: await deps.store.pictures.readings(id) };
  });

  registerRoute(app, contract.acceptView, async ({ params, body, request }) => {
    const camera = await find(params.camera_id);
    const target = { unit_id: camera.unit_id, subject_kind: 'camera', subject_id: camera.id };
    await accept(await deps.authorize(request, 'camera.manage', target), camera, body.reason);
    return undefined;
  });
}
