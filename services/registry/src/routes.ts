import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, type RoutePlugin, registerRoute } from '@minhchung/contract/server';
import { CodedError } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from './deps.ts';
import { editingRoutes } from './editing/routes.ts';
import { fileRoutes } from './import/routes.ts';
import { listCameras } from './list-cameras.ts';
import { networkStateRoutes } from './network-state/routes.ts';
import { pictureRoutes } from './pictures/picture-routes.ts';
import { placeRoutes } from './place-routes.ts';
import { playbackRoutes } from './playback/playback-routes.ts';
import { discoveryRoutes } from './probe/discovery-routes.ts';
import { probeRoutes } from './probe/probe-routes.ts';
import { reachRoutes } from './probe/reach-routes.ts';
import { findCamera, readCamera } from './read-camera.ts';
import { searchRoutes } from './search-routes.ts';
import { setCredentials } from './set-credentials.ts';
import { withdrawAgreement } from './withdraw-agreement.ts';

/** The registry's routes: register, cameras, networks, schemes, sites. */
export function registryRoutes(deps: RegistryDeps): RoutePlugin {
  return async (app) => {
    fileRoutes(app, deps);
    cameraRoutes(app, deps);
    ownerRoutes(app, deps);
    placeRoutes(app, deps);
    editingRoutes(app, deps);
    networkStateRoutes(app, deps);
    searchRoutes(app, deps);
    pictureRoutes(app, deps);
    probeRoutes(app, deps);
    discoveryRoutes(app, deps);
    reachRoutes(app, deps);
    playbackRoutes(app, deps);
  };
}

function cameraRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const list = listCameras(deps);
  const find = findCamera(deps);
  const read = readCamera(deps);

  registerRoute(app, contract.listCameras, async ({ query, request }) => {
    const { text, kind, state, unit_id } = query;
    const scope = await deps.unitScope(request, 'camera.read');
    const unit_ids = unit_id === undefined ? scope : scope.filter((one) => one === unit_id);
    const found = await list({ unit_ids, text, kind, state }, pageRequest(query));
    return pageAnswer(found, (camera) => camera);
  });

  registerRoute(app, contract.readCamera, async ({ params, request }) => {
    const camera = await find(params.camera_id);
    await deps.authorize(request, 'camera.read', subjectOf(camera));
    return read(camera);
  });

  registerRoute(app, contract.listObservations, async ({ params, query, request }) => {
    const camera = await find(params.camera_id);
    await deps.authorize(request, 'camera.read', subjectOf(camera));
    return pageAnswer(await deps.store.observations.history(camera.id, pageRequest(query)), (one) => one);
  });
}

function ownerRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const find = findCamera(deps);
  const withdraw = withdrawAgreement(deps);
  const seal = setCredentials(deps);

  registerRoute(app, contract.withdrawAgreement, async ({ params, body, request }) => {
    const camera = await find(params.camera_id);
    const actor = await deps.authorize(request, 'agreement.manage', subjectOf(camera));
    return withdraw(actor, camera, body.reason);
  });

  registerRoute(app, contract.setCredentials, async ({ params, body, request }) => {
    const recorder = await deps.store.recorders.byId(params.recorder_id);
    if (recorder === null) throw new CodedError('NOT_FOUND', { what: 'recorder', id: params.recorder_id });
    const target = { unit_id: recorder.unit_id, subject_kind: 'recorder', subject_id: recorder.id };
    const actor = await deps.authorize(request, 'camera.manage', target);
    await seal(actor, recorder, body);
    return undefined;
  });
}

function subjectOf(camera: { readonly id: string; readonly unit_id: string }) {
  return { unit_id: camera.unit_id, subject_kind: 'camera', subject_id: camera.id };
}
