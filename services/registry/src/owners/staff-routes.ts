import * as contract from '@minhchung/contract';
import { pageAnswer, pageRequest, registerRoute } from '@minhchung/contract/server';
import type { FastifyInstance } from 'fastify';
import { authorizeOwner } from '../editing/routes/authorized.ts';
import { findCamera } from '../read-camera.ts';
import { recordVisit } from './attest.ts';
import { confirmRegistration, declineRegistration, findRegistration } from './decide-registration.ts';
import type { OwnerDeps } from './deps.ts';
import {
  createOwnerLink,
  findWaitingLink,
  handOverLink,
  listWaitingLinks,
  setOwnerEmail,
} from './hand-over.ts';

/** What technicians do about owners. */
export function staffRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  registrationRoutes(app, deps);
  linkRoutes(app, deps);
  attestationRoutes(app, deps);
}

function registrationRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  const find = findRegistration(deps);
  const confirm = confirmRegistration(deps);
  const decline = declineRegistration(deps);

  registerRoute(app, contract.listRegistrations, async ({ query, request }) => {
    const unit_ids = await deps.unitScope(request, 'registration.manage');
    const filter = { unit_ids, ...(query.state === undefined ? {} : { state: query.state }) };
    return pageAnswer(await deps.store.registrations.list(filter, pageRequest(query)), (one) => one);
  });
  registerRoute(app, contract.confirmRegistration, async ({ params, body, request }) => {
    const registration = await find(params.registration_id);
    const { id, unit_id } = registration;
    const target = { unit_id, subject_kind: 'registration', subject_id: id };
    const actor = await deps.authorize(request, 'registration.manage', target);
    await authorizeOwner(deps, request, 'registration.manage', body.owner_id);
    const camera = await confirm(actor, registration, {
      code: body.camera_code,
      network_code: body.network_code,
      name: body.name ?? null,
      position: body.position ?? null,
      aim_point: body.aim_point ?? null,
      field_of_view_deg: body.field_of_view_deg ?? null,
      range_m: body.range_m ?? null,
      site_id: body.site_id ?? null,
      recorder_code: body.recorder_code ?? null,
      source_token: body.source_token ?? null,
      owner_id: body.owner_id ?? null,
      take_email: body.take_email,
    });
    const registered = camera.owner_id === null ? null : await deps.store.ownerLinks.emailOf(camera.owner_id);
    const email_offered = registration.email === registered ? null : registration.email;
    return { camera_id: camera.id, email_offered };
  });
  registerRoute(app, contract.declineRegistration, async ({ params, body, request }) => {
    const registration = await find(params.registration_id);
    const { id, unit_id } = registration;
    const target = { unit_id, subject_kind: 'registration', subject_id: id };
    const actor = await deps.authorize(request, 'registration.manage', target);
    await decline(actor, registration, body.reason.normalize('NFC').trim());
    return undefined;
  });
}

function linkRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  const camera = findCamera(deps);
  const create = createOwnerLink(deps);
  const setEmail = setOwnerEmail(deps);
  const waiting = listWaitingLinks(deps);
  const find = findWaitingLink(deps);
  const handOver = handOverLink(deps);

  registerRoute(app, contract.createOwnerLink, async ({ params, body, request }) => {
    const found = await camera(params.camera_id);
    const actor = await deps.authorize(request, 'owner_link.manage', subjectOf(found));
    if (body.kind === 'owner_page') await authorizeOwner(deps, request, 'owner_link.manage', found.owner_id);
    return create(actor, found, { kind: body.kind, by_hand: body.by_hand ?? false });
  });
  registerRoute(app, contract.setOwnerEmail, async ({ params, body, request }) => {
    const found = await camera(params.camera_id);
    const actor = await deps.authorize(request, 'owner_link.manage', subjectOf(found));
    await authorizeOwner(deps, request, 'owner_link.manage', found.owner_id);
    await setEmail(actor, found, body.email);
    return undefined;
  });
  registerRoute(app, contract.listOwnerLinks, async ({ query, request }) => {
    const unit_ids = await deps.unitScope(request, 'owner_link.manage');
    return pageAnswer(await waiting(unit_ids, pageRequest(query)), (one) => one);
  });
  registerRoute(app, contract.handOverLink, async ({ params, request }) => {
    const entry = await find(params.entry_id);
    const target = { unit_id: entry.unit_id, subject_kind: 'owner_link', subject_id: entry.link_id };
    const actor = await deps.authorize(request, 'owner_link.manage', target);
    return { url: await handOver(actor, entry) };
  });
}

function attestationRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  const find = findCamera(deps);
  const visit = recordVisit(deps);

  registerRoute(app, contract.recordAttestation, async ({ params, body, request }) => {
    const camera = await find(params.camera_id);
    const actor = await deps.authorize(request, 'attestation.create', subjectOf(camera));
    await visit(actor, camera, { works: body.works, at_ms: body.at_ms, note: body.note ?? null });
    return undefined;
  });
  registerRoute(app, contract.listAttestations, async ({ params, query, request }) => {
    const camera = await find(params.camera_id);
    await deps.authorize(request, 'camera.read', subjectOf(camera));
    return pageAnswer(await deps.store.attestations.history(camera.id, pageRequest(query)), (one) => one);
  });
}

function subjectOf(camera: { readonly id: string; readonly unit_id: string }) {
  return { unit_id: camera.unit_id, subject_kind: 'camera', subject_id: camera.id };
}
