import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CodedError, isCoded, type Upload } from '@minhchung/domain';
import type { StoredUploadLink } from '@minhchung/store';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IntakeDeps } from '../deps.ts';
import { FORM_BYTES_MAX } from '../limits.ts';
import { HAND_IN_PATH } from '../links/make-link.ts';
import { beginWithLink, readLink } from '../links/open-link.ts';
import { linkOfSession, readCookie, setCookie } from '../links/sessions.ts';
import { takeBack } from '../receive/start-upload.ts';
import { releaseItem } from '../release/release-item.ts';
import {
  donePage,
  faultPage,
  handInPage,
  openingPage,
  SEND_SCRIPT_PATH,
  TUS_SCRIPT_PATH,
} from './hand-in-page.ts';
import type { View } from './kit.ts';
import { receiveForm } from './receive-form.ts';

/** What the page may do: its own sheet and scripts, forms and calls to ourselves, and nothing from anywhere else. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
};

type Answer = string | { readonly see_other: string };
type Handler = (view: View, request: FastifyRequest, reply: FastifyReply) => Promise<Answer>;

/** Plain pages on which owners hand in footage. A GET changes nothing; without script the forms do. */
export async function pageRoutes(app: FastifyInstance, deps: IntakeDeps, onReceived: () => Promise<unknown>) {
  app.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload, done) => {
    payload.resume();
    done(null);
  });
  app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null));
  app.setErrorHandler(async (error, request, reply) => {
    const coded = isCoded(error) ? error : new CodedError('INTERNAL_ERROR', {}, { cause: error });
    if (coded.status >= 500) request.log.error({ err: error }, 'page failed');
    const view = deps.pages.viewOf(request.query);
    const link = await linkOfSession(deps, request).catch(() => null);
    return send(reply.code(coded.status), faultPage(deps.pages, view, coded.texts, link !== null));
  });
  await scripts(app);
  linkPages(app, deps);
  sessionPages(app, deps, onReceived);
}

/** From our own origin: the client of the protocol as its package has it, and our own few lines. */
async function scripts(app: FastifyInstance): Promise<void> {
  const tus = createRequire(import.meta.url).resolve('tus-js-client/package.json');
  const files = [
    [TUS_SCRIPT_PATH, await readFile(join(dirname(tus), 'dist', 'tus.min.js'))],
    [SEND_SCRIPT_PATH, await readFile(new URL('./send.js', import.meta.url))],
  ] as const;
  for (const [url, bytes] of files) {
    const config = { access: 'public' } as const;
    app.get(url, { config, schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/javascript; charset=utf-8').header('cache-control', 'max-age=3600').send(bytes),
    );
  }
}

function page(
  app: FastifyInstance,
  method: 'GET' | 'POST',
  url: string,
  deps: IntakeDeps,
  handler: Handler,
): void {
  app.route({
    ...{ method, url, config: { access: 'public' }, schema: { hide: true }, bodyLimit: FORM_BYTES_MAX },
    handler: async (request, reply) => {
      const answer = await handler(deps.pages.viewOf(request.query), request, reply);
      if (typeof answer === 'string') return send(reply, answer);
      return reply.code(303).header('location', answer.see_other).send();
    },
  });
}

function send(reply: FastifyReply, text: string): FastifyReply {
  return reply.headers(HEADERS).type('text/html; charset=utf-8').send(text);
}

function linkPages(app: FastifyInstance, deps: IntakeDeps): void {
  const begin = beginWithLink(deps);
  const url = `${HAND_IN_PATH}/:token`;
  const tokenOf = (request: FastifyRequest) => (request.params as { readonly token: string }).token;

  page(app, 'GET', url, deps, async (view, request) => {
    await readLink(deps, tokenOf(request), readCookie(deps, request));
    return openingPage(deps.pages, view, tokenOf(request));
  });
  page(app, 'POST', url, deps, async (view, request, reply) => {
    const { token, expires_at_ms } = await begin(tokenOf(request), readCookie(deps, request));
    setCookie(deps, reply, token, Math.ceil((expires_at_ms - deps.time.now_ms()) / 1000));
    return { see_other: view.to(HAND_IN_PATH) };
  });
}

function sessionPages(app: FastifyInstance, deps: IntakeDeps, onReceived: () => Promise<unknown>): void {
  const receive = receiveForm(deps);
  const remove = takeBack(deps);
  const release = releaseItem(deps);

  page(app, 'GET', HAND_IN_PATH, deps, async (view, request) => {
    const link = await linkOf(deps, request);
    const item = await deps.store.items.byId(link.item_id);
    const asked = item === null ? null : await deps.store.requests.byId(item.request_id);
    const camera = item === null ? null : await deps.store.cameras.byId(item.camera_id);
    if (asked === null || camera === null) throw new CodedError('UPLOAD_LINK_INVALID');
    return handInPage(deps.pages, view, {
      camera,
      wanted: asked.wanted,
      uploads: await ownUploads(deps, link),
    });
  });
  page(app, 'POST', `${HAND_IN_PATH}/tep`, deps, async (view, request) => {
    const link = await linkOf(deps, request);
    await receive({ way: 'link', link }, request);
    // Without script nobody asks again: what the check says stands on the next page.
    await onReceived();
    return { see_other: view.to(HAND_IN_PATH) };
  });
  page(app, 'POST', `${HAND_IN_PATH}/tep/:upload_id/xoa`, deps, async (view, request) => {
    const link = await linkOf(deps, request);
    const { upload_id } = request.params as { readonly upload_id: string };
    await remove({ way: 'link', link }, upload_id);
    return { see_other: view.to(HAND_IN_PATH) };
  });
  page(app, 'POST', `${HAND_IN_PATH}/xong`, deps, async (view, request) => {
    const link = await linkOf(deps, request);
    await onReceived();
    const uploads = await ownUploads(deps, link);
    await release(null, link.item_id);
    return donePage(deps.pages, view, uploads);
  });
}

async function linkOf(deps: IntakeDeps, request: FastifyRequest): Promise<StoredUploadLink> {
  const link = await linkOfSession(deps, request);
  if (link === null) throw new CodedError('UPLOAD_LINK_INVALID');
  return link;
}

/** What this link's owner sent; what came at the desk is not theirs to see. */
async function ownUploads({ store }: IntakeDeps, link: StoredUploadLink): Promise<Upload[]> {
  return (await store.uploads.ofItem(link.item_id)).filter(({ link_id }) => link_id === link.id);
}
