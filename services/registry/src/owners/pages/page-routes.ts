import type { RoutePlugin } from '@minhchung/contract/server';
import { CodedError, isCoded } from '@minhchung/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { allowLook } from '../allow-look.ts';
import { answerItem } from '../answer-item.ts';
import { answerConfirmation, CONFIRMATION_ANSWERS, readConfirmation } from '../confirm-agreement.ts';
import type { OwnerDeps } from '../deps.ts';
import { FORM_BYTES_MAX, NOTE_CHARS_MAX } from '../limits.ts';
import { OWNER_PATH, openLink } from '../links.ts';
import { listWards } from '../list-wards.ts';
import { openOwnerSession, ownerOfSession, readOwnersPage, withdrawByOwner } from '../owner-page.ts';
import { ownerCookie } from '../session-cookie.ts';
import { submitRegistration } from '../submit-registration.ts';
import { sha256 } from '../tokens.ts';
import { readForm } from './form-input.ts';
import { type View, viewOf } from './layout.ts';
import { answeredPage, closedPage, confirmationPage, faultPage, openingPage } from './link-pages.ts';
import { lookCodePage } from './look-view.ts';
import { ownersPage } from './owner-page-view.ts';
import { REGISTRATION_PATH, registrationPage, type ShownForm, thanksPage } from './registration-page.ts';
import { STYLE, STYLE_PATH } from './style.ts';

/**
 * What a page may do: its own style sheet and forms to ourselves. With `same-origin` a browser says whence a form
 * comes, which the check of origins wants, and tells no other site the address with the token in it.
 */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
};

type Answer = string | { readonly see_other: string };
type Handler = (view: View, request: FastifyRequest, reply: FastifyReply) => Promise<Answer>;

/** Plain pages for owners: no script, usable with any browser. A GET never changes anything. */
export function pageRoutes(deps: OwnerDeps): RoutePlugin {
  return async (app) => {
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_BYTES_MAX },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    app.setErrorHandler((error, request, reply) => {
      const coded = isCoded(error) ? error : codedOf(error as { statusCode?: number });
      if (coded.status >= 500) request.log.error({ err: error }, 'page failed');
      send(reply.code(coded.status), faultPage(viewOf(request.query), coded.texts));
    });
    const config = { access: 'public' } as const;
    app.get(STYLE_PATH, { config, schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(STYLE),
    );
    formPages(app, deps);
    linkPages(app, deps);
    sessionPages(app, deps);
  };
}

function codedOf({ statusCode = 500 }: { readonly statusCode?: number }): CodedError {
  if (statusCode === 413) return new CodedError('BODY_TOO_LARGE', { size_bytes_max: FORM_BYTES_MAX });
  return statusCode < 500
    ? new CodedError('BODY_UNREADABLE', { reason: '' })
    : new CodedError('INTERNAL_ERROR');
}

function page(app: FastifyInstance, method: 'GET' | 'POST', url: string, handler: Handler): void {
  app.route({
    ...{ method, url, config: { access: 'public' }, schema: { hide: true }, bodyLimit: FORM_BYTES_MAX },
    handler: async (request, reply) => {
      const answer = await handler(viewOf(request.query), request, reply);
      if (typeof answer === 'string') return send(reply, answer);
      return reply.code(303).header('location', answer.see_other).send();
    },
  });
}

function send(reply: FastifyReply, text: string): FastifyReply {
  return reply.headers(HEADERS).type('text/html; charset=utf-8').send(text);
}

function fieldsOf(request: FastifyRequest): URLSearchParams {
  return request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
}

function formPages(app: FastifyInstance, deps: OwnerDeps): void {
  const wards = listWards(deps);
  const submit = submitRegistration(deps);
  const shown = async (view: View, rest: Omit<ShownForm, 'wards'>) =>
    registrationPage(view, { ...rest, wards: await wards() });
  const newTicket = () => deps.tokens.formTicket(deps.time.now_ms());

  page(app, 'GET', REGISTRATION_PATH, (view) =>
    shown(view, { ticket: newTicket(), fields: new URLSearchParams(), wrong: [], fault: null }),
  );
  page(app, 'POST', REGISTRATION_PATH, async (view, request, reply) => {
    const { fields, wrong, submission } = readForm(fieldsOf(request));
    const again = (fault: CodedError | null, ticket: string) => {
      reply.code(fault?.status ?? 422);
      return shown(view, { ticket, fields, wrong, fault: fault === null ? null : view.t(fault.texts) });
    };
    // A ticket that is used up only by what was taken in: mending a mistake takes no second one.
    if (submission === null) return again(null, (fields.get('ticket') ?? '').slice(0, 100) || newTicket());
    try {
      await submit(submission, request.ip);
    } catch (error) {
      if (!isCoded(error, 'FORM_TOO_OLD', 'UNKNOWN_UNIT', 'TOO_MANY_ATTEMPTS', 'REGISTRATIONS_FULL'))
        throw error;
      return again(error, newTicket());
    }
    return thanksPage(view);
  });
}

function linkPages(app: FastifyInstance, deps: OwnerDeps): void {
  const confirmation = readConfirmation(deps);
  const confirm = answerConfirmation(deps);
  const open = openOwnerSession(deps);
  const cookie = ownerCookie(deps.settings.api.public_origin);
  const { session_minutes } = deps.settings.owners;
  const url = `${OWNER_PATH}/:token`;
  const tokenOf = (request: FastifyRequest) => (request.params as { readonly token: string }).token;

  page(app, 'GET', url, async (view, request) => {
    const token = tokenOf(request);
    const { kind } = await openLink(deps, deps.store, token);
    if (kind === 'owner_page') return openingPage(view, token, session_minutes);
    return confirmationPage(view, token, await confirmation(token));
  });
  page(app, 'POST', url, async (view, request, reply) => {
    const answer = fieldsOf(request).get('answer');
    if (answer === 'open') {
      const { token } = await open(tokenOf(request));
      cookie.set(reply, token, session_minutes * 60);
      return { see_other: view.to(OWNER_PATH) };
    }
    const known = CONFIRMATION_ANSWERS.find((one) => one === answer);
    if (known === undefined) throw new CodedError('OWNER_LINK_INVALID');
    await confirm(tokenOf(request), known);
    return answeredPage(view, known);
  });
}

function sessionPages(app: FastifyInstance, deps: OwnerDeps): void {
  const cookie = ownerCookie(deps.settings.api.public_origin);
  const ownerOf = ownerOfSession(deps);
  const read = readOwnersPage(deps);
  const answer = answerItem(deps);
  const withdraw = withdrawByOwner(deps);
  const allow = allowLook(deps);
  const reasonOf = (fields: URLSearchParams) =>
    (fields.get('reason') ?? '')
      .toWellFormed()
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, NOTE_CHARS_MAX);

  page(app, 'GET', OWNER_PATH, async (view, request, reply) => {
    try {
      return ownersPage(view, await read(await ownerOf(cookie.read(request))));
    } catch (error) {
      if (!isCoded(error, 'OWNER_NOT_SIGNED_IN')) throw error;
      reply.code(error.status);
      return closedPage(view);
    }
  });
  page(app, 'POST', `${OWNER_PATH}/items/:item_id`, async (view, request) => {
    const owner_id = await ownerOf(cookie.read(request));
    const fields = fieldsOf(request);
    const verdict = fields.get('verdict');
    if (verdict !== 'accepted' && verdict !== 'refused') throw new CodedError('NOTHING_TO_ANSWER');
    const { item_id } = request.params as { readonly item_id: string };
    await answer(owner_id, item_id, { verdict, reason: reasonOf(fields) || null });
    return { see_other: view.to(OWNER_PATH) };
  });
  page(app, 'POST', `${OWNER_PATH}/cameras/:camera_id/look`, async (view, request) => {
    const owner_id = await ownerOf(cookie.read(request));
    const { camera_id } = request.params as { readonly camera_id: string };
    return lookCodePage(view, await allow(owner_id, camera_id));
  });
  page(app, 'POST', `${OWNER_PATH}/cameras/:camera_id/withdraw`, async (view, request) => {
    const owner_id = await ownerOf(cookie.read(request));
    const fields = fieldsOf(request);
    if (fields.get('sure') !== 'yes') return { see_other: view.to(OWNER_PATH) };
    const { camera_id } = request.params as { readonly camera_id: string };
    await withdraw(owner_id, camera_id, reasonOf(fields));
    return { see_other: view.to(OWNER_PATH) };
  });
  page(app, 'POST', `${OWNER_PATH}/leave`, async (view, request, reply) => {
    const token = cookie.read(request);
    if (token !== null) await deps.store.ownerLinks.endSession(sha256(token));
    cookie.clear(reply);
    return closedPage(view);
  });
}
