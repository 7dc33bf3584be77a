import { CodedError, type TimeSource } from '@minhchung/domain';
import type { Store } from '@minhchung/store';
import type { FastifyInstance } from 'fastify';
import { readCookie } from './cookie.ts';
import { sha256OfToken } from './tokens.ts';

/**
 * Finds out who is calling, before any body is read. Throws `NOT_SIGNED_IN` where the route needs a session and
 * there is none that is valid now.
 */
export function resolveSession(
  app: FastifyInstance,
  deps: { readonly store: Store; readonly time: TimeSource; readonly is_secure: boolean },
): void {
  const { store, time, is_secure } = deps;
  app.addHook('onRequest', async (request) => {
    const token = readCookie(request, is_secure);
    if (token !== null) {
      const session = await store.sessions.find(sha256OfToken(token), time.now_ms());
      const record = session === null ? null : await store.people.accountById(session.account_id);
      if (record !== null) {
        request.actor = {
          account_id: record.account.id,
          person_id: record.person.id,
          appointments: record.appointments,
        };
      }
    }
    if (request.actor === null && request.routeOptions.config.access === 'signed_in') {
      throw new CodedError('NOT_SIGNED_IN');
    }
  });
}
