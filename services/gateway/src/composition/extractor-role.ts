import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { openDeploymentSigner } from '@minhchung/evidence';
import {
  createExtractor,
  createSettler,
  createSourceOpener,
  createWorker,
  type EndedExtraction,
  nativeFiles,
  type Worker,
} from '@minhchung/extraction';
import { createDerivativeMaker, createMediaReader } from '@minhchung/media';
import type { Settings } from '@minhchung/settings';
import type { Logger } from 'pino';
import { createExtractionMetrics } from '../metrics/extraction-metrics.ts';
import { archiveCheck, databaseCheck, type ReadinessCheck } from '../metrics/readiness.ts';
import type { RunningRole } from '../process/roles.ts';
import { VERSION } from '../version.ts';
import { type Closers, openTogether } from './closers.ts';
import { createDevices } from './devices.ts';
import { openConfiguredArchive } from './open-archive.ts';
import { openConfiguredSecrets, openConfiguredStore } from './open-store.ts';
import { serveMetrics } from './serve-metrics.ts';
import { SYSTEM_TIME } from './system-time.ts';

/** Starts the extractor: its workers claim what is approved until it is closed. */
export async function startExtractor(settings: Settings, logger: Logger): Promise<RunningRole> {
  return openTogether(async (closers) => {
    const workers = await openWorkers(settings, logger, closers, async (checks) =>
      createExtractionMetrics(await serveMetrics('extractor', { settings, logger, closers, checks })),
    );
    for (const worker of workers) worker.start();
    return { url: null };
  });
}

/** Works off what may run now, with all workers, until nothing is left. Returns the number of attempts made. */
export async function extractAll(settings: Settings, logger: Logger, signal: AbortSignal): Promise<number> {
  const opened = await openTogether(async (closers) => ({
    workers: await openWorkers(settings, logger, closers, UNMEASURED),
  }));
  try {
    signal.addEventListener('abort', () => void opened.close(), { once: true });
    const attempts = await Promise.all(
      opened.workers.map(async (worker) => {
        let count = 0;
        while (!signal.aborted && (await worker.runOnce())) count += 1;
        return count;
      }),
    );
    return attempts.reduce((sum, count) => sum + count, 0);
  } finally {
    await opened.close();
  }
}

/** Who is told how extractions end, given what the process works with. */
type Measure = (checks: readonly ReadinessCheck[]) => Promise<(ended: EndedExtraction) => void>;

const UNMEASURED: Measure = async () => () => {};

async function openWorkers(
  settings: Settings,
  logger: Logger,
  closers: Closers,
  measure: Measure,
): Promise<readonly Worker[]> {
  const { extraction, poller, media, keys } = settings;
  const store = closers.add(await openConfiguredStore(settings));
  const archive = closers.add(await openConfiguredArchive(settings));
  const secrets = await openConfiguredSecrets(settings);
  const checks = [databaseCheck(store), archiveCheck(archive)];
  const onEnded = await measure(checks);
  const signer = await openDeploymentSigner({ key_dir: keys.dir });
  const devices = createDevices(settings, store);
  const work = store.work({
    time: SYSTEM_TIME,
    secrets,
    items_per_recorder: extraction.items_per_recorder,
    items_per_network: extraction.items_per_network,
  });
  const extract = createExtractor({
    archive,
    signer,
    derivatives: createDerivativeMaker(media),
    openSource: createSourceOpener({
      ...devices,
      reader: createMediaReader(media),
      time: SYSTEM_TIME,
      nativeFile: nativeFiles({ archive, work_dir: extraction.work_dir }),
      recording_roots: settings.registry.recording_roots,
      folder_index: store.folderIndex,
    }),
    work,
    time: SYSTEM_TIME,
    work_dir: extraction.work_dir,
    gap_min_ms: extraction.gap_min_ms,
    drift_ppm: poller.clock.drift_max_ppm,
    unknown_offset_margin_ms: extraction.unknown_offset_margin_ms,
    settle_retry_ms: extraction.settle_retry_ms,
    floor_media_s_per_minute: extraction.floor_media_s_per_minute,
    deadline_ms: extraction.read_deadline_minutes * 60_000,
    version: VERSION,
  });
  return Array.from({ length: extraction.workers }, () =>
    closers.add(
      createWorker({
        worker_id: `${hostname()}-${process.pid}-${randomUUID()}`,
        work,
        extract,
        settle: createSettler(archive, work),
        time: SYSTEM_TIME,
        logger,
        networks: extraction.networks,
        lease_ms: extraction.lease_ms,
        idle_ms: extraction.idle_ms,
        onEnded,
        retry: {
          attempts_max: extraction.attempts_max,
          delay_ms: extraction.retry_delay_ms,
          delay_ms_max: extraction.retry_delay_ms_max,
        },
      }),
    ),
  );
}
