import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../../deps.ts';
import { addAgreement, changeAgreement, confirmAgreement } from '../change-agreement.ts';
import { versioned } from '../version.ts';
import { authorizeAt, authorizeOwner, cameraOf, known } from './authorized.ts';

/** Agreements one by one; withdrawing has its own route with the camera. */
export function agreementRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const add = addAgreement(deps);
  const change = changeAgreement(deps);
  const confirm = confirmAgreement(deps);

  async function find(agreement_id: string) {
    const seen = known(await deps.store.agreements.byId(agreement_id), 'agreement', agreement_id);
    return { seen, camera: await cameraOf(deps, seen.camera_id) };
  }

  registerRoute(app, contract.listAgreements, async ({ params, request }) => {
    const camera = await cameraOf(deps, params.camera_id);
    await authorizeAt(deps, request, 'camera.read', { kind: 'camera', id: camera.id }, [camera.unit_id]);
    return { items: (await deps.store.agreements.ofCamera(camera.id)).map(versioned) };
  });

  registerRoute(app, contract.addAgreement, async ({ params, body, request }) => {
    const camera = await cameraOf(deps, params.camera_id);
    const subject = { kind: 'camera', id: camera.id } as const;
    const actor = await authorizeAt(deps, request, 'agreement.manage', subject, [camera.unit_id]);
    if (body.owner_id !== camera.owner_id)
      await authorizeOwner(deps, request, 'agreement.manage', body.owner_id);
    return versioned(await add(actor, camera.id, body));
  });

  registerRoute(app, contract.changeAgreement, async ({ params, body, request }) => {
    const { seen, camera } = await find(params.agreement_id);
    const { version, ...fields } = body;
    const subject = { kind: 'agreement', id: seen.id } as const;
    const actor = await authorizeAt(deps, request, 'agreement.manage', subject, [camera.unit_id]);
    return versioned(await change(actor, camera, seen, version, fields));
  });

  registerRoute(app, contract.recordConfirmation, async ({ params, body, request }) => {
    const { seen, camera } = await find(params.agreement_id);
    const subject = { kind: 'agreement', id: seen.id } as const;
    const actor = await authorizeAt(deps, request, 'agreement.manage', subject, [camera.unit_id]);
    return versioned(await confirm(actor, camera, seen, body.version, body.confirmed_at_ms));
  });
}
