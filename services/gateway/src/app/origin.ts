import { CodedError } from '@minhchung/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Refuses calls that change something and come from a page of another origin, or from nowhere: browsers always
 * say whence. Without a configured origin only this machine's own addresses count. Throws `ORIGIN_REFUSED`.
 */
export function checkOrigin(app: FastifyInstance, public_origin: string | null): void {
  app.addHook('onRequest', async (request) => {
    if (SAFE_METHODS.includes(request.method)) return;
    const { origin } = request.headers;
    if (origin === undefined || !isOurs(origin, public_origin, request)) {
      throw new CodedError('ORIGIN_REFUSED', { origin: (origin ?? '').slice(0, 200) });
    }
  });
}

function isOurs(origin: string, public_origin: string | null, request: FastifyRequest): boolean {
  if (origin === public_origin) return true;
  if (public_origin !== null) return false;
  const url = URL.parse(origin);
  return url !== null && LOOPBACK.includes(url.hostname) && url.host === request.headers.host;
}
