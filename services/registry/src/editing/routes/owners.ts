import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import type { Owner } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../../deps.ts';
import { changeOwner, createOwner } from '../change-owner.ts';
import { versioned } from '../version.ts';
import { authorizeAt, known } from './authorized.ts';

/** Owners one by one. An owner is the business of every ward where a camera of theirs hangs. */
export function ownerRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const create = createOwner(deps);
  const change = changeOwner(deps);

  async function shown(owner: Owner) {
    const cameras = await deps.store.cameras.ofOwner(owner.id);
    return { ...versioned(owner), email: await deps.store.ownerLinks.emailOf(owner.id), cameras };
  }
  async function find(owner_id: string) {
    const owner = known(await deps.store.owners.byId(owner_id), 'owner', owner_id);
    const unit_ids = (await deps.store.cameras.ofOwner(owner_id)).map(({ unit_id }) => unit_id);
    return { owner, unit_ids };
  }

  registerRoute(app, contract.createOwner, async ({ body, request }) => {
    const actor = await authorizeAt(deps, request, 'agreement.manage', { kind: 'owner' }, []);
    return shown(await create(actor, body));
  });

  registerRoute(app, contract.readOwner, async ({ params, request }) => {
    const { owner, unit_ids } = await find(params.owner_id);
    await authorizeAt(
      deps,
      request,
      'agreement.manage',
      { kind: 'owner', id: owner.id },
      unit_ids.slice(0, 1),
    );
    return shown(owner);
  });

  registerRoute(app, contract.changeOwner, async ({ params, body, request }) => {
    const { owner, unit_ids } = await find(params.owner_id);
    const { version, ...fields } = body;
    const subject = { kind: 'owner', id: owner.id } as const;
    const actor = await authorizeAt(deps, request, 'agreement.manage', subject, unit_ids);
    return shown(await change(actor, owner, version, fields));
  });
}
