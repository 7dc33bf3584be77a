import { join } from 'node:path';
import { openDeploymentSigner } from '@minhchung/evidence';
import {
  createExtractor,
  createSettler,
  createSourceOpener,
  createWorker,
  nativeFiles,
  type Worker,
} from '@minhchung/extraction';
import { createDerivativeMaker, createMediaReader } from '@minhchung/media';
import { secretBox } from '@minhchung/store';
import { pino } from 'pino';
import type { IntakeWorld } from './world.ts';

/** A worker of the real parts over the world's store and archive; it reaches no device. */
export async function createUploadWorker(world: IntakeWorld): Promise<Worker> {
  const { store, archive, time, directory } = world;
  const work = store.work({ time, secrets: secretBox(new Uint8Array(32)) });
  const work_dir = join(directory, 'work');
  const openSource = createSourceOpener({
    openDevice: () => {
      throw new Error('no device is reached');
    },
    replay: {} as never,
    reader: createMediaReader(),
    time,
    nativeFile: nativeFiles({ archive, work_dir }),
  });
  return createWorker({
    ...{ worker_id: 'worker', work, time, logger: pino({ level: 'silent' }), networks: null },
    ...{ lease_ms: 60_000, idle_ms: 50, retry: { attempts_max: 3, delay_ms: 10, delay_ms_max: 100 } },
    settle: createSettler(archive, work),
    extract: createExtractor({
      ...{ archive, signer: await openDeploymentSigner({ key_dir: join(directory, 'keys') }) },
      ...{ derivatives: createDerivativeMaker({}), openSource, work, time, work_dir, gap_min_ms: 1500 },
      ...{ drift_ppm: 100, unknown_offset_margin_ms: 600_000, settle_retry_ms: 1000, version: 'test' },
    }),
  });
}
