import { AsyncLocalStorage } from 'node:async_hooks';
import { CodedError, isCoded } from '@minhchung/domain';
import { Metadata, Server } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IntakeDeps } from '../deps.ts';
import { METADATA_CHARS_MAX } from '../limits.ts';
import { FileLocks } from '../quarantine/locks.ts';
import { senderOf } from './authenticate.ts';
import { PartStore, type TusCall } from './part-store.ts';

/** Where files are sent to. */
export const UPLOAD_PATH = '/api/uploads';

/**
 * Resumable uploads (tus 1.0.0: core, creation, expiration, termination) for owners with a link and for people at the
 * desk, who name the item in `Upload-Metadata`. The checksum extension is not offered: the server has none, and every
 * file is hashed as it arrives.
 */
export function tusRoutes(app: FastifyInstance, deps: IntakeDeps, onReceived: () => void): void {
  const calls = new AsyncLocalStorage<TusCall>();
  const locks = new FileLocks();
  const datastore = new PartStore({ ...deps, locks, onReceived, call: () => calls.getStore()! });
  const server = new Server({
    ...{ path: UPLOAD_PATH, datastore, locker: locks, relativeLocation: true },
    maxSize: deps.settings.intake.file_bytes_max,
    // No page of another origin has any business here.
    allowedOrigins: [],
    lockDrainTimeout: 100,
    namingFunction: () => deps.newId(),
    onResponseError: (request, error) => tusError(deps, error, request.url),
  });
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
  const schema = { hide: true };
  const config = { access: 'public' } as const;
  for (const [method, url] of [
    ['OPTIONS', UPLOAD_PATH],
    ['POST', UPLOAD_PATH],
    ['HEAD', `${UPLOAD_PATH}/:upload_id`],
    ['PATCH', `${UPLOAD_PATH}/:upload_id`],
    ['DELETE', `${UPLOAD_PATH}/:upload_id`],
  ] as const) {
    app.route({
      ...{ method, url, config, schema },
      handler: async (request, reply) => {
        const sender = method === 'OPTIONS' ? null : await senderOf(deps, request, itemNamed(request));
        const upload_id = (request.params as { readonly upload_id?: string }).upload_id;
        const row = upload_id === undefined ? null : await deps.store.uploads.byId(upload_id);
        takeOver(reply);
        if (row !== null) reply.raw.setHeader('upload-expires', new Date(row.expires_at_ms).toUTCString());
        const serve = () => server.handle(request.raw, reply.raw);
        await (sender === null ? serve() : calls.run({ sender }, serve));
      },
    });
  }
}

/** The item of `Upload-Metadata`, for whoever sends from the desk. */
function itemNamed(request: FastifyRequest): string | null {
  const header = request.headers['upload-metadata'];
  if (typeof header !== 'string') return null;
  if (header.length > METADATA_CHARS_MAX)
    throw new CodedError('BODY_TOO_LARGE', { size_bytes_max: METADATA_CHARS_MAX });
  try {
    return Metadata.parse(header).item ?? null;
  } catch {
    return null;
  }
}

/** The tus server answers by itself; what every answer of ours says goes along. */
function takeOver(reply: FastifyReply): void {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
}

type TusFailure = { readonly status_code: number; readonly body: string };

/** Our own refusals as the tus server sends them: the code first, then the texts a page shows. */
function tusError(deps: IntakeDeps, error: Error | TusFailure, url: string): TusFailure | undefined {
  if (isCoded(error)) {
    const body = JSON.stringify({ code: error.code, message: error.texts });
    if (error.status >= 500) deps.logger.error({ err: error }, 'upload failed');
    return { status_code: error.status, body };
  }
  if (error instanceof Error) {
    deps.logger.error({ err: error, url: url.slice(0, 200) }, 'upload failed');
    const fault = new CodedError('INTERNAL_ERROR');
    return { status_code: 500, body: JSON.stringify({ code: fault.code, message: fault.texts }) };
  }
  return undefined;
}
