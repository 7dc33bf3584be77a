import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { type RecordedFootage, recordFootage, startDevice, writeSegments } from '@minhchung/testkit';
import { composeWorker, type WorkerTestOptions, type WorkerUnderTest } from './compose-worker.ts';
import { seedItem } from './seed.ts';

export const START_MS = Math.floor(Date.now() / 1000) * 1000 - 600_000;
export const LENGTH_MS = 16_000;
/** Inside the recording, and over the border of two files. */
export const WANTED = { start_ms: START_MS + 3_000, end_ms: START_MS + 13_000 };
const PATTERN = '%Y-%m-%d_%H-%M-%S-%f.mp4';

/** A folder of recordings that an item asks for, on a clock that is right. */
export interface FolderWorld {
  readonly folder: string;
  /** A worker of a site of its own with one queued item. */
  open(
    root: string,
    options?: Partial<WorkerTestOptions>,
  ): Promise<{
    readonly directory: string;
    readonly item_id: string;
    readonly composed: WorkerUnderTest;
  }>;
}

/** Records footage of these lengths and sizes one after the other and writes it as files of four seconds. */
export async function createFolderWorld(
  root: string,
  parts: readonly { readonly width: number; readonly height: number; readonly length_ms: number }[] = [
    { width: 176, height: 144, length_ms: LENGTH_MS },
  ],
): Promise<FolderWorld> {
  const folder = join(root, 'recordings');
  let start_true_ms = START_MS;
  for (const [n, { width, height, length_ms }] of parts.entries()) {
    const footage: RecordedFootage = await recordFootage({
      ...{ directory: join(root, `footage-${n}`), camera_name: 'T01', start_true_ms },
      ...{ duration_ms: length_ms, width, height },
    });
    const device = await startDevice({
      channels: [{ name: 'T01', footage }],
      clock_offset_ms: 0,
      password: 'x',
    });
    const written = { directory: folder, pattern: PATTERN, clock: device.clock, segment_ms: 4_000 };
    await writeSegments(footage, written);
    await device.close();
    start_true_ms += length_ms;
  }
  return {
    folder,
    async open(site_root, options = {}) {
      const directory = await mkdtemp(join(site_root, 'site-'));
      const composed = await composeWorker({ directory, ...options });
      const item_id = await seedItem(composed.store, composed.secrets, {
        recorder: {
          ...{ kind: 'folder', device_url: null },
          folder: { path: folder, pattern: PATTERN, zone: 'Asia/Ho_Chi_Minh' },
        },
        ...{ source_token: null, credentials: null, offset: { min_ms: -20, max_ms: 20 }, wanted: WANTED },
      });
      return { directory, item_id, composed };
    },
  };
}

/** Everything the archive shows. */
export async function archived({ archive }: WorkerUnderTest): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of archive.list('')) keys.push(key);
  return keys;
}
