import type { FastifyReply } from 'fastify';

/**
 * Aborts when the caller hangs up before the answer is written. Fastify's own signal follows the request, which is
 * also over when its body has been read: a file that was taken whole would look like a caller who left.
 */
export function callerSignal(reply: FastifyReply): AbortSignal {
  const leaving = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) leaving.abort(new Error('the caller hung up'));
  });
  return leaving.signal;
}
