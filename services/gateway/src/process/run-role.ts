import { once } from 'node:events';
import type { Settings } from '@minhchung/settings';
import type { Logger } from 'pino';
import { createLogger } from '../composition/logger.ts';
import type { ProcessRole, RunningRole } from './roles.ts';

/** What a role needs is loaded when it starts: a poller has no use for the API's modules. */
const START: Readonly<Record<ProcessRole, (settings: Settings, logger: Logger) => Promise<RunningRole>>> = {
  api: async (...parts) => (await import('../composition/api-role.ts')).startApi(...parts),
  poller: async (...parts) => (await import('../composition/poller-role.ts')).startPoller(...parts),
  extractor: async (...parts) => (await import('../composition/extractor-role.ts')).startExtractor(...parts),
};

/** Runs one role in this process until the signal, then closes it. `onReady` is told where it listens. */
export async function runRole(
  role: ProcessRole,
  settings: Settings,
  signal: AbortSignal,
  onReady: (url: string | null) => void,
): Promise<void> {
  const logger = createLogger(settings, role);
  const running = await START[role](settings, logger);
  logger.info({ url: running.url }, 'ready');
  onReady(running.url);
  if (!signal.aborted) await once(signal, 'abort');
  logger.info('closing');
  await running.close();
}
