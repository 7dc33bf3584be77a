import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import type { ArchiveStore, DerivativeMaker, FootageSource, TimeSource } from '@minhchung/domain';
import { openDeploymentSigner } from '@minhchung/evidence';
import { createDerivativeMaker, createMediaReader } from '@minhchung/media';
import {
  createDeviceClient,
  createHttpPool,
  createRefusedCredentials,
  createReplayClient,
} from '@minhchung/onvif';
import { openSecretBox, openStore, type SecretBox, type Store } from '@minhchung/store';
import { pino } from 'pino';
import {
  createExtractor,
  createSettler,
  createSourceOpener,
  createWorker,
  type ExtractionStep,
  nativeFiles,
  type Worker,
} from '../src/index.ts';

export interface WorkerTestOptions {
  /** Holds database, keys and archive. */
  readonly directory: string;
  readonly worker_id?: string;
  readonly lease_ms?: number;
  readonly ffmpeg_path?: string;
  readonly attempts_max?: number;
  readonly time?: TimeSource;
  readonly onStep?: (step: ExtractionStep) => void;
  /** Puts something between the worker and its archive. */
  readonly wrapArchive?: (archive: ArchiveStore) => ArchiveStore;
  /** Puts something between the worker and what it takes footage from. */
  readonly wrapSource?: (source: FootageSource) => FootageSource;
  /** Puts something between the worker and what makes its derivatives. */
  readonly wrapDerivatives?: (maker: DerivativeMaker) => DerivativeMaker;
}

/** A worker made of the real parts, with what a test wants to look at. */
export interface WorkerUnderTest {
  readonly worker: Worker;
  readonly store: Store;
  readonly secrets: SecretBox;
  readonly archive: ArchiveStore;
  close(): Promise<void>;
}

export async function composeWorker(options: WorkerTestOptions): Promise<WorkerUnderTest> {
  const { directory, time = { now_ms: () => Date.now() } } = options;
  const store = await openStore({ engine: 'sqlite', path: join(directory, 'store.db') });
  await store.migrate();
  const secrets = await openSecretBox(join(directory, 'device-secrets.key'));
  const archive = await createLocalArchive({ root: join(directory, 'archive') });
  const signer = await openDeploymentSigner({ key_dir: join(directory, 'keys') });
  const pool = createHttpPool();
  const refused = createRefusedCredentials();
  const work = store.work({ time, secrets });
  const derivatives = createDerivativeMaker(
    options.ffmpeg_path === undefined ? {} : { ffmpeg_path: options.ffmpeg_path },
  );
  const openSource = createSourceOpener({
    openDevice: (address) => createDeviceClient({ address, time, pool, refused }),
    replay: createReplayClient({ stall_ms: 5000, resume: { pause_ms: 10 }, refused }),
    reader: createMediaReader(),
    time,
    nativeFile: nativeFiles({ archive, work_dir: join(directory, 'work') }),
  });
  const worker = createWorker({
    worker_id: options.worker_id ?? 'worker',
    work,
    time,
    logger: pino({ level: 'silent' }),
    networks: null,
    lease_ms: options.lease_ms ?? 30_000,
    idle_ms: 50,
    settle: createSettler(archive, work),
    retry: { attempts_max: options.attempts_max ?? 3, delay_ms: 10, delay_ms_max: 100 },
    extract: createExtractor({
      archive: options.wrapArchive?.(archive) ?? archive,
      signer,
      derivatives: options.wrapDerivatives?.(derivatives) ?? derivatives,
      openSource: (assignment) => {
        const source = openSource(assignment);
        return options.wrapSource?.(source) ?? source;
      },
      work,
      time,
      work_dir: join(directory, 'work'),
      gap_min_ms: 1500,
      drift_ppm: 100,
      unknown_offset_margin_ms: 600_000,
      settle_retry_ms: 1000,
      version: 'test',
      ...(options.onStep === undefined ? {} : { onStep: options.onStep }),
    }),
  });
  return {
    worker,
    store,
    secrets,
    archive,
    async close() {
      await worker.close();
      await pool.close();
      await archive.close();
      await store.close();
    },
  };
}
