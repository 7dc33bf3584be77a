import type { Settings } from '@minhchung/settings';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { createMetrics } from '../metrics/metrics.ts';
import { startMetricsServer } from '../metrics/metrics-server.ts';
import type { ReadinessCheck } from '../metrics/readiness.ts';
import type { ProcessRole } from '../process/roles.ts';
import type { Closers } from './closers.ts';

/** The metrics of a role, served where the settings say so. Throws `ADDRESS_IN_USE`. */
export async function serveMetrics(
  role: ProcessRole,
  parts: {
    readonly settings: Settings;
    readonly logger: Logger;
    readonly closers: Closers;
    readonly checks: readonly ReadinessCheck[];
  },
): Promise<Registry> {
  const { settings, logger, closers, checks } = parts;
  const registry = createMetrics(role);
  const port = settings.metrics.ports[role];
  if (port === null) return registry;
  const { host } = settings.metrics;
  const option = `metrics.ports.${role}`;
  const server = closers.add(await startMetricsServer({ host, port, option, registry, checks, logger }));
  logger.info({ url: server.url }, 'metrics');
  return registry;
}
