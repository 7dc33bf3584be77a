import { readHealth, readReadiness } from '@minhchung/contract';
import { registerRoute } from '@minhchung/contract/server';
import { CodedError, type TimeSource } from '@minhchung/domain';
import type { FastifyInstance } from 'fastify';
import { checkReadiness, type ReadinessCheck } from '../metrics/readiness.ts';
import { VERSION } from '../version.ts';

/** What machines ask: is the API there, and can it work. */
export function systemRoutes(
  app: FastifyInstance,
  parts: { readonly time: TimeSource; readonly checks: readonly ReadinessCheck[] },
): void {
  registerRoute(app, readHealth, async () => ({ version: VERSION, now_ms: parts.time.now_ms() }));
  registerRoute(app, readReadiness, async ({ request }) => {
    const readiness = await checkReadiness(parts.checks, (check, error) =>
      request.log.warn({ check, err: error }, 'not ready'),
    );
    const silent = readiness.checks.filter((one) => !one.is_ok);
    if (silent.length > 0)
      throw new CodedError('NOT_READY', { parts: silent.map((one) => one.name).join(', ') });
    return { checks: readiness.checks.map((one) => one.name) };
  });
}
