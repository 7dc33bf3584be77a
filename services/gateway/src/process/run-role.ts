import { once } from 'node:events';
import type { Settings } from '@minhchung/settings';
import { startApi } from '../composition/api-role.ts';
import { startExtractor } from '../composition/extractor-role.ts';
import { createLogger } from '../composition/logger.ts';
import { startPoller } from '../composition/poller-role.ts';
import type { ProcessRole, RunningRole } from './roles.ts';

const START = { api: startApi, poller: startPoller, extractor: startExtractor };

/** Runs one role in this process until the signal, then closes it. `onReady` is told where it listens. */
export async function runRole(
  role: ProcessRole,
  settings: Settings,
  signal: AbortSignal,
  onReady: (url: string | null) => void,
): Promise<void> {
  const logger = createLogger(settings, role);
  const running: RunningRole = await START[role](settings, logger);
  logger.info({ url: running.url }, 'ready');
  onReady(running.url);
  if (!signal.aborted) await once(signal, 'abort');
  logger.info('closing');
  await running.close();
}
