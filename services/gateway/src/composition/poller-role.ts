import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createDeviceMemory } from '@minhchung/onvif';
import {
  createPoller,
  isCronExpression,
  nextSweepOf,
  RECORDERS_REMEMBERED_MAX,
  RecorderMemory,
  reviewWorkList,
  type SweepOptions,
  type SweepReport,
  sweep,
  Turns,
} from '@minhchung/poller';
import { networkRules, type Settings, SettingsError } from '@minhchung/settings';
import type { Store } from '@minhchung/store';
import type { Logger } from 'pino';
import { databaseCheck } from '../metrics/readiness.ts';
import { createSweepMetrics } from '../metrics/sweep-metrics.ts';
import type { RunningRole } from '../process/roles.ts';
import { type Closers, openTogether } from './closers.ts';
import { createDevices } from './devices.ts';
import { everyMinutes } from './every-minutes.ts';
import { createFolderFollower } from './folder-follower.ts';
import { watchHostClock } from './host-clock.ts';
import { openConfiguredSecrets, openConfiguredStore } from './open-store.ts';
import { keepLooking } from './picture-looks.ts';
import { serveMetrics } from './serve-metrics.ts';
import { SYSTEM_TIME } from './system-time.ts';

const NOT_CRON = {
  source: 'settings',
  option: 'poller.schedule',
  message: { vi: 'không phải biểu thức cron', en: 'is no cron expression' },
};

/** What changes by time alone is measured in half hours and days. */
const WORK_LIST_REVIEW_MS = 5 * 60_000;

/** Starts the poller: a sweep at once, then on schedule. */
export async function startPoller(settings: Settings, logger: Logger): Promise<RunningRole> {
  const { schedule, jitter_ms } = settings.poller;
  return openTogether(async (closers) => {
    const options = await sweepOptions(settings, logger, closers);
    const checks = [databaseCheck(options.store)];
    const registry = await serveMetrics('poller', { settings, logger, closers, checks });
    const poller = createPoller({ ...options, schedule, jitter_ms, onSweep: createSweepMetrics(registry) });
    closers.add(poller).start();
    closers.add(keepWorkList(settings, options.store, logger));
    closers.add(keepLooking({ settings, logger, store: options.store, secrets: options.secrets }));
    return { url: null };
  });
}

/** What becomes a finding, or none any more, by time alone. */
function keepWorkList(settings: Settings, store: Store, logger: Logger): { close(): Promise<void> } {
  const { work_list: rules, retention_agreed_days } = networkRules(settings);
  const drift_ppm = settings.poller.clock.drift_max_ppm;
  const review = async (signal: AbortSignal) => {
    const now_ms = SYSTEM_TIME.now_ms();
    const asked = { store, rules, retention_agreed_days, drift_ppm, now_ms };
    const { opened, closed } = await reviewWorkList(asked, signal);
    if (opened + closed > 0) logger.info({ opened, closed }, 'work list reviewed');
  };
  return everyMinutes(review, logger, WORK_LIST_REVIEW_MS);
}

/** Sweeps the whole network once, now. */
export async function sweepOnce(
  settings: Settings,
  logger: Logger,
  signal: AbortSignal,
): Promise<SweepReport> {
  const opened = await openTogether(async (closers) => ({
    options: await sweepOptions(settings, logger, closers),
  }));
  try {
    return await sweep({ ...opened.options, everything: true }, signal);
  } finally {
    await opened.close();
  }
}

async function sweepOptions(settings: Settings, logger: Logger, closers: Closers): Promise<SweepOptions> {
  const { poller } = settings;
  if (!isCronExpression(poller.schedule)) throw new SettingsError([NOT_CRON]);
  const store = closers.add(await openConfiguredStore(settings));
  const hostWatch = watchHostClock(settings, logger);
  const devices = createDevices(settings, store);
  return {
    store,
    secrets: await openConfiguredSecrets(settings),
    time: SYSTEM_TIME,
    logger,
    openDevice: devices.openDevice,
    rtspOptions: devices.rtspOptions,
    createDeviceMemory,
    memory: new RecorderMemory(RECORDERS_REMEMBERED_MAX),
    poller_id: `${hostname()}-${process.pid}-${randomUUID()}`,
    nextSweep: nextSweepOf(poller.schedule),
    cooldown: poller.cooldown,
    work_list: networkRules(settings).work_list,
    hostClock: () => hostWatch.state(),
    hostWatch,
    measurement: {
      target_width_ms: poller.clock.target_width_ms,
      readings_max: poller.clock.readings_max,
      drift_ppm: poller.clock.drift_max_ppm,
    },
    networks: poller.networks,
    concurrency: poller.concurrency,
    device_deadline_ms: poller.device_deadline_ms,
    folders: {
      follower: createFolderFollower(settings, store),
      turns: new Turns(poller.folders.at_once),
    },
    stale_ms: poller.stale_ms,
  };
}
