/**
 * One worker in a process of its own, for tests that kill it. Reads its task as JSON from the environment, works off
 * what there is, and ends. With `die_at` it kills itself, without any chance to tidy up, at that step.
 */
import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import { openDeploymentSigner } from '@minhchung/evidence';
import { createDerivativeMaker, createMediaReader } from '@minhchung/media';
import {
  createDeviceClient,
  createHttpPool,
  createRefusedCredentials,
  createReplayClient,
} from '@minhchung/onvif';
import { openSecretBox, openStore } from '@minhchung/store';
import { pino } from 'pino';
import { createExtractor, createSourceOpener, createWorker, type ExtractionStep } from '../src/index.ts';

export interface ProcessTask {
  readonly directory: string;
  readonly worker_id: string;
  readonly lease_ms: number;
  /** Kill this process when it first takes this step; null: work to the end. */
  readonly die_at: ExtractionStep | null;
}

/** Steps taken, one per line, on standard output. */
function onStep(die_at: ExtractionStep | null): (step: ExtractionStep) => void {
  return (step) => {
    process.stdout.write(`${step}\n`);
    if (step === die_at) process.kill(process.pid, 'SIGKILL');
  };
}

async function run(task: ProcessTask): Promise<void> {
  const time = { now_ms: () => Date.now() };
  const store = await openStore({ engine: 'sqlite', path: join(task.directory, 'store.db') });
  const secrets = await openSecretBox(join(task.directory, 'device-secrets.key'));
  const archive = await createLocalArchive({ root: join(task.directory, 'archive') });
  const signer = await openDeploymentSigner({ key_dir: join(task.directory, 'keys') });
  const pool = createHttpPool();
  const refused = createRefusedCredentials();
  const work = store.work({ time, secrets });
  const worker = createWorker({
    worker_id: task.worker_id,
    work,
    time,
    logger: pino({ level: 'silent' }),
    networks: null,
    lease_ms: task.lease_ms,
    idle_ms: 50,
    retry: { attempts_max: 3, delay_ms: 10, delay_ms_max: 100 },
    extract: createExtractor({
      archive,
      signer,
      derivatives: createDerivativeMaker(),
      openSource: createSourceOpener({
        openDevice: (address) => createDeviceClient({ address, time, pool, refused }),
        replay: createReplayClient({ stall_ms: 5000, refused }),
        reader: createMediaReader(),
        time,
      }),
      work,
      time,
      work_dir: join(task.directory, 'work'),
      gap_min_ms: 1500,
      drift_ppm: 100,
      unknown_offset_margin_ms: 600_000,
      settle_retry_ms: 1000,
      version: 'test',
      onStep: onStep(task.die_at),
    }),
  });
  while (await worker.runOnce());
  await pool.close();
  await archive.close();
  await store.close();
}

await run(JSON.parse(process.env.EXTRACT_TASK ?? '') as ProcessTask);
