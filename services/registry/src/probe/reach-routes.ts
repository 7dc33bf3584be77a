import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import { CodedError, formatCidr, type Network, parseCidr } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import type { RegistryDeps } from '../deps.ts';
import { recordChanges } from '../editing/record-changes.ts';
import { authorizeAt } from '../editing/routes/authorized.ts';
import { confirmCertificate } from './confirm-certificate.ts';

/** Where devices of a network may be, and which certificates recorders are known by. */
export function reachRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  networkRoutes(app, deps);
  certificateRoutes(app, deps);
}

function networkRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  registerRoute(app, contract.readNetwork, async ({ params, request }) => {
    await deps.authorize(request, 'unit.read', { unit_id: null, subject_kind: 'network' });
    return accessOf(await networkOf(deps.store, params.network_id));
  });

  registerRoute(app, contract.changeNetwork, async ({ params, body, request }) => {
    // Where devices of other wards may be is not for the technicians of one to say.
    const units = await deps.store.networks.unitIds(params.network_id);
    const subject = { kind: 'network', id: params.network_id } as const;
    const actor = await authorizeAt(deps, request, 'camera.manage', subject, units);
    return deps.store.transaction(async (tx) => {
      const before = accessOf(await networkOf(tx, params.network_id));
      const after = {
        ...before,
        name: body.name?.normalize('NFC') ?? before.name,
        cidrs: body.cidrs?.map(checkedCidr) ?? before.cidrs,
      };
      if (JSON.stringify(after) === JSON.stringify(before)) return before;
      await tx.networks.update(after);
      const subject = { subject_kind: 'network', subject_id: after.id, unit_id: null } as const;
      const details = { code: after.code, blocks: after.cidrs.length };
      const context = { tx, actor, at_ms: deps.time.now_ms() };
      await recordChanges(context, [{ act: 'network.update', ...subject, before, after, details }]);
      return after;
    });
  });
}

function certificateRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  const recorderOf = async (id: string) => {
    const recorder = await deps.store.recorders.byId(id);
    if (recorder === null) throw new CodedError('NOT_FOUND', { what: 'recorder', id });
    return recorder;
  };

  registerRoute(app, contract.listCertificates, async ({ params, request }) => {
    const recorder = await recorderOf(params.recorder_id);
    const target = { unit_id: recorder.unit_id, subject_kind: 'recorder', subject_id: recorder.id };
    await deps.authorize(request, 'camera.read', target);
    return { items: await deps.store.certificates.ofRecorder(recorder.id) };
  });

  registerRoute(app, contract.confirmCertificate, async ({ params, body, request }) => {
    const recorder = await recorderOf(params.recorder_id);
    const target = { unit_id: recorder.unit_id, subject_kind: 'recorder', subject_id: recorder.id };
    const actor = await deps.authorize(request, 'camera.manage', target);
    await confirmCertificate(deps)(actor, recorder, body.fingerprint_sha256);
    return undefined;
  });
}

async function networkOf(store: Pick<RegistryDeps['store'], 'networks'>, id: string): Promise<Network> {
  const network = await store.networks.byId(id);
  if (network === null) throw new CodedError('NOT_FOUND', { what: 'network', id });
  return network;
}

function accessOf({ id, code, name, cidrs }: Network) {
  return { id, code, name, cidrs: [...(cidrs ?? [])] };
}

/** A block in its one usual writing. Throws `CIDR_INVALID`. */
function checkedCidr(text: string): string {
  const cidr = parseCidr(text.trim());
  if (cidr === null) throw new CodedError('CIDR_INVALID', { cidr: text.slice(0, 50) });
  return formatCidr(cidr);
}
