import * as contract from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import { AGREEMENT_PURPOSES, PURPOSE_NAMES } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import { allowLook } from './allow-look.ts';
import { answerItem } from './answer-item.ts';
import { answerConfirmation, readConfirmation } from './confirm-agreement.ts';
import type { OwnerDeps } from './deps.ts';
import { openLink } from './links.ts';
import { listWards } from './list-wards.ts';
import { openOwnerSession, ownerOfSession, readOwnersPage, withdrawByOwner } from './owner-page.ts';
import { ownerCookie } from './session-cookie.ts';
import { submitRegistration } from './submit-registration.ts';
import { sha256 } from './tokens.ts';

/** What owners call, by form, by link, or with the session a link opened. */
export function publicRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  formRoutes(app, deps);
  linkRoutes(app, deps);
  sessionRoutes(app, deps);
}

function formRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  const wards = listWards(deps);
  const submit = submitRegistration(deps);

  registerRoute(app, contract.readRegistrationForm, async () => ({
    ticket: deps.tokens.formTicket(deps.time.now_ms()),
    wards: (await wards()).map(({ id, code, name }) => ({ id, code, name })),
    purposes: AGREEMENT_PURPOSES.map((purpose) => ({ purpose, name: PURPOSE_NAMES[purpose] })),
  }));

  registerRoute(app, contract.submitRegistration, async ({ body, request }) => {
    await submit(body, request.ip);
    return { received: true };
  });
}

function linkRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  const confirmation = readConfirmation(deps);
  const answer = answerConfirmation(deps);

  registerRoute(app, contract.readOwnerLink, async ({ body }) => {
    const { kind, expires_at_ms } = await openLink(deps, deps.store, body.token);
    if (kind === 'owner_page') return { kind, expires_at_ms, camera: null, allows_audio: null };
    const { camera, agreement } = await confirmation(body.token);
    const { code, name } = camera;
    return { kind, expires_at_ms, camera: { code, name }, allows_audio: agreement.allows_audio };
  });

  registerRoute(app, contract.confirmAgreement, async ({ body }) => {
    await answer(body.token, body.answer);
    return undefined;
  });
}

function sessionRoutes(app: FastifyInstance, deps: OwnerDeps): void {
  const cookie = ownerCookie(deps.settings.api.public_origin);
  const open = openOwnerSession(deps);
  const ownerOf = ownerOfSession(deps);
  const read = readOwnersPage(deps);
  const answer = answerItem(deps);
  const withdraw = withdrawByOwner(deps);
  const allow = allowLook(deps);

  registerRoute(app, contract.openOwnerSession, async ({ body, reply }) => {
    const { token, expires_at_ms } = await open(body.token);
    cookie.set(reply, token, deps.settings.owners.session_minutes * 60);
    return { expires_at_ms };
  });
  registerRoute(app, contract.closeOwnerSession, async ({ request, reply }) => {
    const token = cookie.read(request);
    if (token !== null) await deps.store.ownerLinks.endSession(sha256(token));
    cookie.clear(reply);
    return undefined;
  });
  registerRoute(app, contract.readOwnersPage, async ({ request }) => {
    const { owner, cameras, items, looks } = await read(await ownerOf(cookie.read(request)));
    return {
      owner: { name: owner.name },
      cameras: cameras.map(({ camera, observation, agreement }) => ({
        ...{ id: camera.id, code: camera.code, name: camera.name },
        ...{ observation, agreement },
      })),
      ...{ items, looks },
    };
  });
  registerRoute(app, contract.answerItem, async ({ params, body, request }) => {
    const owner_id = await ownerOf(cookie.read(request));
    await answer(owner_id, params.item_id, { verdict: body.verdict, reason: body.reason ?? null });
    return undefined;
  });
  registerRoute(app, contract.allowLook, async ({ params, request }) => {
    const owner_id = await ownerOf(cookie.read(request));
    const { code, expires_at_ms } = await allow(owner_id, params.camera_id);
    return { code, expires_at_ms };
  });
  registerRoute(app, contract.withdrawByOwner, async ({ params, body, request }) => {
    const owner_id = await ownerOf(cookie.read(request));
    await withdraw(owner_id, params.camera_id, body.reason ?? '');
    return undefined;
  });
}
