import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { JSON_BODY_BYTES_MAX } from '@minhchung/contract';
import type { RouteDeps, RoutePlugin } from '@minhchung/contract/server';
import { CodedError, makeId, type TimeSource } from '@minhchung/domain';
import { unitRoutes } from '@minhchung/registry';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { PARAM_CHARS_MAX, REQUEST_DEADLINE_MS } from '../limits.ts';
import { databaseCheck, type ReadinessCheck } from '../metrics/readiness.ts';
import { peopleRoutes } from '../people/people-routes.ts';
import { createRoutePolicy } from '../policy/route-policy.ts';
import { createPasswords } from '../session/passwords.ts';
import { resolveSession } from '../session/session-hook.ts';
import { sessionRoutes } from '../session/session-routes.ts';
import { VERSION } from '../version.ts';
import { DOCS_PREFIX, describeApi, serveDocs } from './docs.ts';
import { answerError, answerErrors } from './errors.ts';
import { logAnswers } from './log.ts';
import { checkOrigin } from './origin.ts';
import { systemRoutes } from './system-routes.ts';
import { validatorCompiler } from './validation.ts';

/** What routes of this deployment are handed. */
export type Deps = RouteDeps<Store, Settings>;

export interface AppOptions {
  readonly store: Store;
  readonly settings: Settings;
  readonly time: TimeSource;
  readonly logger: FastifyBaseLogger;
  /** The services' routes, made from what every route is handed. */
  readonly areas: (deps: Deps) => readonly RoutePlugin[];
  /** What must answer before the API is ready; default: the database. */
  readonly checks?: readonly ReadinessCheck[];
  /** Adds hooks that measure. */
  readonly instrument?: (app: FastifyInstance) => void;
}

/** The API, ready to listen or to be injected into. It owns nothing: closing it leaves the store open. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { store, settings, time } = options;
  const is_secure = settings.api.public_origin?.startsWith('https:') ?? false;
  const newId = () => makeId(time.now_ms(), randomBytes(10));
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newId,
    frameworkErrors: answerError,
    requestIdHeader: false,
    bodyLimit: JSON_BODY_BYTES_MAX,
    requestTimeout: REQUEST_DEADLINE_MS,
    trustProxy: settings.api.trusted_proxies.length > 0 ? [...settings.api.trusted_proxies] : false,
    // Asking for the head of a file would count as a look at it, and read the file.
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: PARAM_CHARS_MAX },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.decorateRequest('actor', null);
  answerErrors(app);
  refuseUndeclaredRoutes(app);

  logAnswers(app);
  options.instrument?.(app);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: is_secure,
  });
  await app.register(cookie);
  await limitRate(app, settings.api.calls_per_minute_max);
  checkOrigin(app, settings.api.public_origin);
  resolveSession(app, { store, time, is_secure });
  await describeApi(app, VERSION);

  const deps: Deps = { store, settings, time, newId, ...createRoutePolicy(store, time) };
  const passwords = await createPasswords();
  systemRoutes(app, { time, checks: options.checks ?? [databaseCheck(store)] });
  for (const area of [
    sessionRoutes({ ...deps, passwords, is_secure }),
    unitRoutes(deps),
    peopleRoutes({ ...deps, passwords }),
    ...options.areas(deps),
  ]) {
    await app.register(area);
  }
  if (settings.api.docs) await serveDocs(app);
  await app.ready();
  return app;
}

/** A route that does not say who may call it is a mistake of ours, found at start. */
function refuseUndeclaredRoutes(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined && !route.url.startsWith(DOCS_PREFIX)) {
      throw new TypeError(`${route.method} ${route.url} does not say who may call it; use registerRoute`);
    }
  });
}

async function limitRate(app: FastifyInstance, calls_per_minute_max: number): Promise<void> {
  await app.register(rateLimit, { global: false });
  const limit = app.createRateLimit({ max: calls_per_minute_max, timeWindow: 60_000 });
  app.addHook('onRequest', async (request) => {
    const found = await limit(request);
    if (found.isAllowed || !found.isExceeded) return;
    throw new CodedError('TOO_MANY_REQUESTS', { retry_after_s: found.ttlInSeconds });
  });
}
