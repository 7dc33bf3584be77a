/** The product's own way, in a process of its own: from the claim of an item to its package, archived and signed. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createLocalArchive } from '@minhchung/archive';
import { CodedError, type DerivativeMaker } from '@minhchung/domain';
import { openDeploymentSigner } from '@minhchung/evidence';
import { createExtractor, createSettler, createSourceOpener, createWorker } from '@minhchung/extraction';
import { followRecordingFolder } from '@minhchung/footage';
import { createDerivativeMaker, createMediaReader } from '@minhchung/media';
import { openSecretBox, openStore } from '@minhchung/store';
import { seedItem } from '../../../services/extraction/test/seed.ts';
import { obey } from '../child.ts';
import { NAME_PATTERN } from './material.ts';

export interface ExtractionProcessOptions {
  readonly data_dir: string;
  readonly recordings: string;
}

export interface ExtractionOrder {
  readonly start_ms: number;
  readonly end_ms: number;
  readonly with_derivatives: boolean;
  /** A poller has followed the folder before, as it does where the product runs. */
  readonly is_followed: boolean;
}

export interface MeasuredExtraction {
  readonly wall_ms: number;
  readonly cpu_ms: number;
  readonly size_bytes: number;
  readonly outcome: string;
  /** Before it began, and the most seen while it ran. */
  readonly rss_before_mb: number;
  readonly rss_max_mb: number;
}

const MB = 1_048_576;
const SAMPLE_MS = 20;
const { data_dir, recordings } = JSON.parse(process.argv[2]!) as ExtractionProcessOptions;
const time = { now_ms: () => Date.now() };
const store = await openStore({ engine: 'sqlite', path: join(data_dir, 'store.db') });
await store.migrate();
const secrets = await openSecretBox(join(data_dir, 'secrets.key'));
const archive = await createLocalArchive({ root: join(data_dir, 'archive') });
const signer = await openDeploymentSigner({ key_dir: join(data_dir, 'keys') });
const real_maker = createDerivativeMaker();
let with_derivatives = false;
const work = store.work({ time, secrets });

/** Derivatives and stills are told apart: without them the package is archived as it is when ffmpeg is missing. */
const maker: DerivativeMaker = {
  async playable(request) {
    if (with_derivatives) return real_maker.playable(request);
    throw new CodedError('TOOL_MISSING', { tool: 'ffmpeg', hint: 'left out' });
  },
  async contactSheet(request) {
    if (with_derivatives) return real_maker.contactSheet(request);
    throw new CodedError('TOOL_MISSING', { tool: 'ffmpeg', hint: 'left out' });
  },
  versions: () => real_maker.versions(),
};
await maker.versions();

const reader = createMediaReader();
const SILENT = { info() {}, warn() {}, error() {} };
const worker = createWorker({
  ...{ worker_id: 'bench', work, time, logger: SILENT, networks: null },
  ...{ lease_ms: 60_000, idle_ms: 1_000, settle: createSettler(archive, work) },
  retry: { attempts_max: 1, delay_ms: 1_000, delay_ms_max: 1_000 },
  extract: createExtractor({
    ...{ archive, signer, derivatives: maker, work, time, work_dir: join(data_dir, 'work') },
    openSource: createSourceOpener({
      openDevice: unreachable,
      replay: { replay: unreachable, play: unreachable },
      ...{ reader, time, folder_index: store.folderIndex },
    }),
    ...{ gap_min_ms: 1_500, drift_ppm: 100, unknown_offset_margin_ms: 600_000, settle_retry_ms: 1_000 },
    ...{ floor_media_s_per_minute: 6, deadline_ms: 3_600_000, version: 'bench' },
  }),
});

async function run(order: ExtractionOrder): Promise<MeasuredExtraction> {
  with_derivatives = order.with_derivatives;
  const item_id = await seedItem(store, secrets, {
    recorder: {
      ...{ kind: 'folder', device_url: null },
      folder: { path: recordings, pattern: NAME_PATTERN, zone: 'UTC' },
    },
    ...{ source_token: null, credentials: null, offset: { min_ms: -20, max_ms: 20 } },
    wanted: { start_ms: order.start_ms, end_ms: order.end_ms },
  });
  if (order.is_followed) await followAsPollersDo(item_id);
  globalThis.gc?.();
  const rss_before_mb = process.memoryUsage.rss() / MB;
  let rss_max_mb = rss_before_mb;
  const sampling = setInterval(() => {
    rss_max_mb = Math.max(rss_max_mb, process.memoryUsage.rss() / MB);
  }, SAMPLE_MS);
  const cpu = process.cpuUsage();
  const began_ms = performance.now();
  await worker.runOnce();
  const wall_ms = performance.now() - began_ms;
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(sampling);
  const item = (await store.items.byId(item_id))!;
  const clip = await store.clips.ofItem(item_id);
  if (clip === null) throw new Error(`the item ended as ${item.state}: ${item.reason?.text.en}`);
  await rm(join(data_dir, 'archive', item_id), { recursive: true });
  return {
    ...{ wall_ms, cpu_ms: (user + system) / 1000, size_bytes: clip.size_bytes, outcome: item.state },
    ...{ rss_before_mb, rss_max_mb },
  };
}

/** One pass of a poller over the folder of an item's recorder. */
async function followAsPollersDo(item_id: string): Promise<void> {
  const { camera_id } = (await store.items.byId(item_id))!;
  const recorder_id = (await store.cameras.byId(camera_id))!.recorder_id!;
  const layout = { pattern: NAME_PATTERN, zone: 'UTC' } as const;
  const limits = { entries_max: 10_000, files_opened_max: 10_000 };
  const { signal } = new AbortController();
  await followRecordingFolder(
    { folder: recordings, layout, reader, time, recorder_id, index: store.folderIndex, ...limits },
    signal,
  );
}

function unreachable(): never {
  throw new Error('a bench of a folder reaches no device');
}

await obey(run, async () => {
  await worker.close();
  await archive.close();
  await store.close();
});
