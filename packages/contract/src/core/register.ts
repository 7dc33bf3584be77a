import { Readable } from 'node:stream';
import { type Actor, CodedError } from '@minhchung/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { JSON_BODY_BYTES_MAX } from '../limits.ts';
import { callerSignal } from './caller-signal.ts';
import { isFileAnswer, isStreamBody, type RouteDefinition, successOf } from './route.ts';
import { ErrorBody } from './schemas.ts';
import type { AnswerOf, BodyOf, ByteStream, OutgoingFile, ParamsOf, QueryOf } from './types.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set by `registerRoute`; the gateway refuses routes without it. */
    access?: RouteDefinition['access'];
  }
  interface FastifyRequest {
    /** Who is signed in, or null. */
    actor: Actor | null;
  }
}

/** What a handler gets: the checked parts of the call, and who is acting. */
export interface Call<D extends RouteDefinition> {
  readonly params: ParamsOf<D>;
  readonly query: QueryOf<D>;
  readonly body: BodyOf<D>;
  /** Who is signed in; null only on public routes. */
  readonly actor: D['access'] extends 'public' ? Actor | null : Actor;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
}

/**
 * Mounts one route of the contract. The types of the handler follow from the definition; what comes in is
 * checked before it runs, and what goes out loses every field the definition does not declare. Throw a
 * `CodedError` to answer with an error.
 */
export function registerRoute<const D extends RouteDefinition>(
  app: FastifyInstance,
  definition: D,
  handler: (call: Call<D>) => Promise<AnswerOf<D>>,
): void {
  const success = successOf(definition);
  const stream = isStreamBody(definition.body) ? definition.body : null;
  for (const content_type of stream?.content_types ?? []) acceptStream(app, content_type);
  app.route({
    method: definition.method,
    url: definition.path,
    schema: schemaOf(definition),
    config: { access: definition.access },
    bodyLimit: stream?.size_bytes_max ?? JSON_BODY_BYTES_MAX,
    handler: async (request, reply) => {
      const answer = await handler({
        params: request.params,
        query: request.query,
        body: stream === null ? request.body : limited(request.body, stream.size_bytes_max),
        actor: request.actor,
        request,
        reply,
        signal: callerSignal(reply),
      } as Call<D>);
      reply.code(success.status);
      if (success.answer === null) return reply.send();
      return isFileAnswer(success.answer) ? sendFile(reply, answer as OutgoingFile) : reply.send(answer);
    },
  });
}

function acceptStream(app: FastifyInstance, content_type: string): void {
  if (app.hasContentTypeParser(content_type)) return;
  app.addContentTypeParser(content_type, (_request, payload, done) => done(null, payload));
}

function schemaOf(definition: RouteDefinition): FastifySchema {
  const success = successOf(definition);
  const { body } = definition;
  const named = {
    operationId: `${definition.method.toLowerCase()}${definition.path.replace(/[^A-Za-z0-9]+/g, '_')}`,
    summary: definition.summary,
    ...(definition.description === undefined ? {} : { description: definition.description }),
    tags: [definition.tag],
    security: definition.access === 'public' ? [] : [{ session: [] }],
    ...(definition.params === undefined ? {} : { params: definition.params }),
    ...(definition.query === undefined ? {} : { querystring: definition.query }),
    ...(isStreamBody(body)
      ? { body: { content: byContentType(body.content_types) } }
      : body === undefined
        ? {}
        : { body }),
    response: {
      [success.status]: answerSchema(success.answer),
      default: { description: 'Lỗi · Error', ...ErrorBody },
    },
  };
  return named;
}

function answerSchema(answer: ReturnType<typeof successOf>['answer']) {
  if (answer === null) return { description: 'Xong · Done', type: 'null' };
  if (isFileAnswer(answer))
    return { description: 'Tệp · File', content: byContentType(answer.content_types) };
  return { description: 'Thành công · Success', ...answer };
}

function byContentType(content_types: readonly string[]) {
  return Object.fromEntries(
    content_types.map((type) => [type, { schema: { description: 'Bytes, streamed' } }]),
  );
}

/** Passes bytes on and stops when there are more than the route takes. */
async function* limited(body: unknown, size_bytes_max: number): ByteStream & AsyncGenerator<Uint8Array> {
  let size_bytes = 0;
  for await (const chunk of (body ?? []) as ByteStream) {
    size_bytes += chunk.byteLength;
    if (size_bytes > size_bytes_max) throw new CodedError('BODY_TOO_LARGE', { size_bytes_max });
    yield chunk;
  }
}

function sendFile(reply: FastifyReply, file: OutgoingFile): FastifyReply {
  reply.header('content-type', file.content_type);
  if (file.size_bytes !== null) reply.header('content-length', file.size_bytes);
  if (file.file_name !== null) reply.header('content-disposition', disposition(file.file_name));
  return reply.send(Readable.from(file.body, { objectMode: false }));
}

/** RFC 6266: an ASCII name for old programs, the true one for the rest. */
function disposition(file_name: string): string {
  const ascii = file_name.normalize('NFD').replace(/[^A-Za-z0-9._-]/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file_name)}`;
}
