import {
  createPoller,
  isCronExpression,
  type SweepOptions,
  type SweepReport,
  sweep,
} from '@minhchung/poller';
import { type Settings, SettingsError } from '@minhchung/settings';
import type { Logger } from 'pino';
import { databaseCheck } from '../metrics/readiness.ts';
import { createSweepMetrics } from '../metrics/sweep-metrics.ts';
import type { RunningRole } from '../process/roles.ts';
import { type Closers, openTogether } from './closers.ts';
import { createDevices } from './devices.ts';
import { hostClockState } from './host-clock.ts';
import { openConfiguredSecrets, openConfiguredStore } from './open-store.ts';
import { serveMetrics } from './serve-metrics.ts';
import { SYSTEM_TIME } from './system-time.ts';

const NOT_CRON = {
  source: 'settings',
  option: 'poller.schedule',
  message: { vi: 'không phải biểu thức cron', en: 'is no cron expression' },
};

/** Starts the poller: a sweep at once, then on schedule. */
export async function startPoller(settings: Settings, logger: Logger): Promise<RunningRole> {
  const { schedule } = settings.poller;
  if (!isCronExpression(schedule)) throw new SettingsError([NOT_CRON]);
  return openTogether(async (closers) => {
    const options = await sweepOptions(settings, logger, closers);
    const checks = [databaseCheck(options.store)];
    const registry = await serveMetrics('poller', { settings, logger, closers, checks });
    const poller = createPoller({ ...options, schedule, onSweep: createSweepMetrics(registry) });
    closers.add(poller).start();
    return { url: null };
  });
}

/** Sweeps the network once, now. */
export async function sweepOnce(
  settings: Settings,
  logger: Logger,
  signal: AbortSignal,
): Promise<SweepReport> {
  const opened = await openTogether(async (closers) => ({
    options: await sweepOptions(settings, logger, closers),
  }));
  try {
    return await sweep(opened.options, signal);
  } finally {
    await opened.close();
  }
}

async function sweepOptions(settings: Settings, logger: Logger, closers: Closers): Promise<SweepOptions> {
  const { poller } = settings;
  const store = closers.add(await openConfiguredStore(settings));
  return {
    store,
    secrets: await openConfiguredSecrets(settings),
    time: SYSTEM_TIME,
    logger,
    openDevice: createDevices(settings, closers).openDevice,
    hostClock: () => hostClockState(settings),
    measurement: {
      target_width_ms: poller.clock.target_width_ms,
      readings_max: poller.clock.readings_max,
      drift_ppm: poller.clock.drift_max_ppm,
    },
    networks: poller.networks,
    concurrency: poller.concurrency,
    device_deadline_ms: poller.device_deadline_ms,
    stale_ms: poller.stale_ms,
  };
}
