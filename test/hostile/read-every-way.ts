/**
 * Reads every file of a folder in every way in which the product reads files, and prints one line of JSON for each
 * way and file: how it ended. A process of its own, so that a reader that never comes back can be ended.
 */
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError, isCoded } from '@minhchung/domain';
import { createRecordingFolderSource } from '@minhchung/footage';
import { createDerivativeMaker, createMediaReader, writeMasters } from '@minhchung/media';
import { SYSTEM_TIME } from '@minhchung/testkit';
import { type Outcome, WAYS, type Way } from './outcome.ts';

/** After so long a way of reading counts as hanging. */
const DEADLINE_MS = 30_000;
const START_MS = Date.UTC(2026, 10, 22, 5, 0, 0);
const NAME_IN_FOLDER = '2026-11-22_05-00-00';
/** More than any of the files can hold honestly: a reader that invents frames without end is stopped here. */
const FRAMES_MAX = 1_000_000;

const [files, work] = process.argv.slice(2) as [string, string];

async function read(path: string, signal: AbortSignal): Promise<number> {
  const file = await createMediaReader({ deadline_ms: DEADLINE_MS }).open(path, signal);
  try {
    let frames = 0;
    for await (const _packet of file.packetsFrom(0, signal)) {
      frames += 1;
      if (frames > FRAMES_MAX) throw new Error('frames without end');
    }
    return frames;
  } finally {
    await file.close();
  }
}

/** From a recording folder to masters, as an extraction does it. */
async function readFolder(path: string, signal: AbortSignal): Promise<number> {
  const folder = join(work, 'recordings');
  await mkdir(folder, { recursive: true });
  const extension = /\.[a-z0-9]+$/.exec(path)![0];
  const place = join(folder, `${NAME_IN_FOLDER}${extension}`);
  await rename(path, place);
  try {
    const source = createRecordingFolderSource({
      folder,
      layout: { pattern: `%Y-%m-%d_%H-%M-%S${extension}`, zone: 'UTC' },
      reader: createMediaReader({ deadline_ms: DEADLINE_MS }),
      time: SYSTEM_TIME,
    });
    const device_span = { start_ms: START_MS, end_ms: START_MS + 10_000 };
    await source.holdings(device_span, signal);
    let frames = 0;
    const { masters } = await writeMasters({
      events: source.read(device_span, signal),
      device_span,
      openSink: async () => ({
        write: async () => {},
        commit: async () => ({ size_bytes: 0, sha256: '' }),
        abort: async () => {},
      }),
      signal,
    });
    for (const master of masters) frames += master.frame_count;
    return frames;
  } finally {
    await rename(place, path);
  }
}

const maker = createDerivativeMaker({ deadline_ms: DEADLINE_MS });

async function makePlayable(master_path: string, signal: AbortSignal): Promise<number> {
  const output_path = join(work, 'output.mp4');
  try {
    const made = await maker.playable({ master_path, output_path, from_us: 0, to_us: 10_000_000, signal });
    return made.frame_count;
  } finally {
    await rm(output_path, { force: true });
  }
}

async function makeSheet(master_path: string, signal: AbortSignal): Promise<number> {
  const output_path = join(work, 'output.jpg');
  const stills = [{ at_us: 0, label: 'a still' }];
  try {
    await maker.contactSheet({ master_path, output_path, stills, signal });
    return stills.length;
  } finally {
    await rm(output_path, { force: true });
  }
}

const TRY: Readonly<Record<Way, (path: string, signal: AbortSignal) => Promise<number>>> = {
  reader: read,
  folder: readFolder,
  playable: makePlayable,
  sheet: makeSheet,
};

function codeOf(error: unknown): string {
  if (isCoded(error)) return error.code;
  return error instanceof CodedError ? error.code : `uncoded: ${error}`;
}

await mkdir(work, { recursive: true });
for (const name of (await readdir(files)).sort()) {
  for (const way of WAYS) {
    const ended = await TRY[way](join(files, name), AbortSignal.timeout(DEADLINE_MS)).then(
      (frames) => ({ code: null, frames, said: '' }),
      (error: unknown) => ({ code: codeOf(error), frames: 0, said: String(error) }),
    );
    const rss_max_mb = Math.round(process.resourceUsage().maxRSS / 1024);
    console.log(JSON.stringify({ way, name, ...ended, rss_max_mb } satisfies Outcome));
  }
}
