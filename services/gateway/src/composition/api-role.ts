import { randomBytes } from 'node:crypto';
import { sweepUrgent } from '@minhchung/cases';
import { CodedError, makeId } from '@minhchung/domain';
import { createMediaReader } from '@minhchung/media';
import type { Settings } from '@minhchung/settings';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp } from '../app/build-app.ts';
import { measureAnswers } from '../metrics/api-metrics.ts';
import { archiveCheck, databaseCheck } from '../metrics/readiness.ts';
import type { RunningRole } from '../process/roles.ts';
import { openTogether } from './closers.ts';
import { everyMinutes } from './every-minutes.ts';
import { hostClockState } from './host-clock.ts';
import { attestUploads, openQuarantine, startIntakeUpkeep } from './intake.ts';
import { openConfiguredArchive } from './open-archive.ts';
import { openConfiguredSecrets, openConfiguredStore } from './open-store.ts';
import { openOwnerTokens, startOwnersUpkeep } from './owners.ts';
import { createProbeTools } from './probe-tools.ts';
import { serveMetrics } from './serve-metrics.ts';
import { serviceRoutes } from './service-routes.ts';
import { SYSTEM_TIME } from './system-time.ts';

/** Starts the API and listens. Throws `ADDRESS_IN_USE`. */
export async function startApi(settings: Settings, logger: Logger): Promise<RunningRole> {
  return openTogether(async (closers) => {
    const store = closers.add(await openConfiguredStore(settings));
    const archive = closers.add(await openConfiguredArchive(settings));
    const secrets = await openConfiguredSecrets(settings);
    const tokens = await openOwnerTokens(settings);
    const hostClock = () => hostClockState(settings);
    const probe = createProbeTools(settings, closers, store);
    const reader = createMediaReader(settings.media);
    const quarantine = await openQuarantine(settings);
    const intake = { reader, quarantine, logger };
    const areas = serviceRoutes({ hostClock, archive, secrets, tokens, probe, intake });
    const checks = [databaseCheck(store), archiveCheck(archive)];
    const registry = await serveMetrics('api', { settings, logger, closers, checks });
    const instrument = (app: FastifyInstance) => measureAnswers(app, registry);
    const options = { store, settings, time: SYSTEM_TIME, logger, areas, checks, instrument };
    const app = closers.add(await buildApp(options));
    await startOwnersUpkeep({ store, settings, tokens, logger }, closers);
    const parts = { store, settings, tokens, archive, time: SYSTEM_TIME, newId: newIdNow };
    const attestUpload = attestUploads(parts);
    await startIntakeUpkeep({ ...parts, ...intake, attestUpload }, closers);
    closers.add(everyMinutes(() => sweepUrgent({ store })(SYSTEM_TIME.now_ms()), logger));
    return { url: await listen(app, settings) };
  });
}

/** A new identifier of a record. */
function newIdNow(): string {
  return makeId(SYSTEM_TIME.now_ms(), randomBytes(10));
}

async function listen(app: FastifyInstance, settings: Settings): Promise<string> {
  const { host, port } = settings.api;
  try {
    return await app.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new CodedError('ADDRESS_IN_USE', { host, port, option: 'api.port' }, { cause: error });
  }
}
