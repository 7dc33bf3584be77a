import type { ErrorBody, Problem } from '@minhchung/contract';
import { CodedError } from '@minhchung/domain';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { REASON_CHARS_MAX } from '../limits.ts';

/**
 * Every failure leaves as the contract's error body, in both languages. A fault of our own (status 500) is masked:
 * the caller gets the request id, the log gets the rest.
 */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request) => {
    const path = (request.url.split('?')[0] ?? '').slice(0, 200);
    throw new CodedError('ROUTE_NOT_FOUND', { method: request.method, path });
  });
}

/** One failure as an answer; also for what goes wrong before there is a route (an address that cannot be read). */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const coded = error instanceof CodedError ? error : codedOf(error as FastifyError, request);
  if (coded.status >= 500) request.log.error({ err: error }, 'request failed');
  const shown = coded.status === 500 ? new CodedError('INTERNAL_ERROR') : coded;
  if ('retry_after_s' in shown.details) reply.header('retry-after', String(shown.details.retry_after_s));
  reply.code(shown.status).type('application/json; charset=utf-8').send(bodyOf(shown, request));
}

function bodyOf(error: CodedError, request: FastifyRequest): ErrorBody {
  const { problems, current } = error as { problems?: readonly Problem[]; current?: unknown };
  return {
    code: error.code,
    message: error.texts,
    details: { ...error.details },
    ...(problems === undefined ? {} : { problems: [...problems] }),
    ...(current === undefined ? {} : { current }),
    request_id: request.id,
  };
}

/** What Fastify itself refuses, in the product's codes; everything else is a fault of ours. */
function codedOf(error: FastifyError, request: FastifyRequest): CodedError {
  const cause = { cause: error };
  const status = error.statusCode ?? 500;
  if (status === 413) {
    return new CodedError('BODY_TOO_LARGE', { size_bytes_max: request.routeOptions.bodyLimit }, cause);
  }
  if (status === 415) {
    const content_type = (request.headers['content-type'] ?? '').slice(0, 100);
    return new CodedError('MEDIA_TYPE_UNSUPPORTED', { content_type }, cause);
  }
  return status >= 400 && status < 500
    ? new CodedError('BODY_UNREADABLE', { reason: error.message.slice(0, REASON_CHARS_MAX) }, cause)
    : new CodedError('INTERNAL_ERROR', {}, cause);
}
