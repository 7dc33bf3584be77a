import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Span } from '@minhchung/domain';
import {
  DeviceChannel,
  DeviceClock,
  FakeTime,
  type RecordedFootage,
  recordFootage,
  type SimulatedDevice,
  startDevice,
  vtestFromOpencvDoc,
  type WriteSegmentsOptions,
  writeAnnexB,
  writeSegments,
} from '@minhchung/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { estimate } from '../../services/extraction/test/seed.ts';
import { byPresentation, mastersExpected } from './expected.ts';
import type { CaseRecorder } from './recorder.ts';
import { type DeliveredPackage, Site } from './site.ts';
import { keepUpload } from './upload-recorder.ts';
import { startVendor } from './vendor-recorder.ts';

const START_MS = Date.UTC(2026, 10, 20, 1, 0, 0);
const LENGTH_MS = 30_000;
const OFFSET_MS = 41 * 60_000;
const PASSWORD = 'mat-khau-thu';
/** Over the borders of two files. */
const WANTED: Span = { start_ms: START_MS + 6_250, end_ms: START_MS + 21_850 };

/** Layouts as recorders lay them out; the last knows whole seconds only. */
const LAYOUTS = {
  mediamtx: { container: 'fmp4', pattern: '%Y-%m-%d_%H-%M-%S-%f.mp4' },
  'matroska by day': { container: 'mkv', pattern: '%Y-%m-%d/%H-%M-%S-%f.mkv' },
  'ffmpeg segmenter': { container: 'ts', pattern: '%Y%m%d-%H%M%S.ts' },
} as const satisfies Record<string, Pick<WriteSegmentsOptions, 'container' | 'pattern'>>;

/** Each test runs a dozen programs, on machines that may have other things to do. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

let directory: string;
let site: Site;
let footage: RecordedFootage;
let device: SimulatedDevice;
/** Hash of every decoded frame of the transcode, in presentation order. */
let transcoded: readonly ShownFrame[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minhchung-surveillance-'));
  const path = await vtestFromOpencvDoc(join(homedir(), '.cache', 'minhchung'));
  footage = await recordFootage({
    directory: join(directory, 'footage'),
    camera_name: 'Quảng trường',
    scene: { kind: 'file', path },
    start_true_ms: START_MS,
    duration_ms: LENGTH_MS,
    ...{ width: 384, height: 288, fps: 10, b_frames: 2, gop_ms: 1000 },
  });
  const stream = join(directory, 'transcode.h264');
  await writeAnnexB(footage, stream);
  transcoded = await shownFrames(stream, ['-f', 'h264']);
  device = await startDevice({
    channels: [{ name: 'Quảng trường', footage }],
    clock_offset_ms: OFFSET_MS,
    password: PASSWORD,
  });
  site = await Site.open(join(directory, 'site'));
}, 300_000);
afterAll(async () => {
  await site.close();
  await device.close();
  await rm(directory, { recursive: true, force: true });
});

interface ShownFrame {
  readonly shown_us: number;
  /** MD5 of the decoded picture. */
  readonly picture: string;
}

/** Decodes a file and hashes every frame, in the order they are shown. */
async function shownFrames(path: string, format: readonly string[] = []): Promise<ShownFrame[]> {
  const as_they_are = ['-map', '0:v:0', '-fps_mode', 'passthrough', '-enc_time_base', '1:90000'];
  const args = [
    '-nostdin',
    '-v',
    'error',
    ...format,
    '-i',
    `file:${path}`,
    ...as_they_are,
    '-f',
    'framemd5',
    '-',
  ];
  const { stdout } = await promisify(execFile)('ffmpeg', args);
  const [, ticks, per_s] = /^#tb 0: (\d+)\/(\d+)$/m.exec(stdout) ?? [];
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/,\s*/))
    .map((fields) => ({
      shown_us: (Number(fields[2]) * Number(ticks) * 1_000_000) / Number(per_s),
      picture: fields[5]!,
    }));
}

const offset = () => {
  const bounds = { min_ms: OFFSET_MS - 40, max_ms: OFFSET_MS + 40 };
  return [estimate(bounds, 'first', START_MS - 60_000, START_MS + 90_000)];
};

async function extractFolder(name: keyof typeof LAYOUTS): Promise<DeliveredPackage> {
  const path = join(directory, name);
  const layout = LAYOUTS[name];
  const clock = new DeviceClock(new FakeTime(START_MS), OFFSET_MS);
  await writeSegments(footage, { directory: path, clock, segment_ms: 10_000, ...layout });
  const folder = { path, pattern: layout.pattern, zone: 'Asia/Ho_Chi_Minh' } as const;
  const recorder = { kind: 'folder', device_url: null, folder } as const;
  return await extract({ recorder, source_token: null, credentials: null });
}

async function extract(
  seed: CaseRecorder['seed'],
  handIn?: CaseRecorder['handIn'],
): Promise<DeliveredPackage> {
  const delivery = await site.extract({ ...seed, offset: offset(), wanted: WANTED }, handIn);
  expect(delivery).toMatchObject({ state: 'archived', reason: null });
  return delivery.package!;
}

/** Every frame of the masters is the transcode's own picture, shown when the recorder stamped it; none is missing. */
async function expectOwnFrames({ folder, manifest, untruths }: DeliveredPackage): Promise<void> {
  expect(untruths).toEqual([]);
  const clock = new DeviceClock(new FakeTime(START_MS), OFFSET_MS);
  const held = new DeviceChannel(1, { name: 'T', footage }, clock).timeline().units;
  const place = new Map(byPresentation(held).map(({ true_time_ms }, n) => [true_time_ms, n]));
  const [search] = manifest.searches;
  const expected = mastersExpected(held, search!.device_span).flatMap((units) =>
    byPresentation(units).map(({ true_time_ms, device_time_us }) => ({
      device_time_us,
      picture: transcoded[place.get(true_time_ms)!]!.picture,
    })),
  );
  const delivered = [];
  for (const master of manifest.masters) {
    for (const { shown_us, picture } of await shownFrames(join(folder, master.name))) {
      delivered.push({ device_time_us: master.first_frame_device_time_us + Math.round(shown_us), picture });
    }
  }
  expect(expected.length).toBeGreaterThan(150);
  expect(new Set(expected.map(({ picture }) => picture)).size).toBe(expected.length);
  expect(delivered).toEqual(expected);
}

describe('a real surveillance video, transcoded', () => {
  it.each(Object.keys(LAYOUTS) as (keyof typeof LAYOUTS)[])(
    'gives its own frames at their own times out of a folder: %s',
    async (name) => {
      await expectOwnFrames(await extractFolder(name));
    },
  );

  it('gives the same frames by replay', async () => {
    await expectOwnFrames(
      await extract({
        recorder: { kind: 'onvif', device_url: device.device_url, folder: null },
        source_token: device.channel(1).source_token,
        credentials: { username: 'admin', password: PASSWORD },
      }),
    );
  });

  it('gives the same frames played at the maker’s address', async () => {
    const held = { start_ms: START_MS, end_ms: START_MS + LENGTH_MS };
    const vendor = await startVendor({ footage, held, holes: [], clock_offset_ms: OFFSET_MS });
    try {
      await expectOwnFrames(await extract(vendor.seed));
    } finally {
      await vendor.close();
    }
  });

  it('gives the same frames out of a file that somebody hands in', async () => {
    const path = join(directory, 'handed-in');
    const clock = new DeviceClock(new FakeTime(START_MS), OFFSET_MS);
    const [file] = await writeSegments(footage, { directory: path, clock, container: 'mkv' });
    const bytes = await readFile(join(path, file!.name));
    const recorder = { kind: 'onvif', device_url: null, folder: null } as const;
    await expectOwnFrames(
      await extract({ recorder, source_token: null, credentials: null }, (places, item_id) =>
        keepUpload(places, item_id, 'quang-truong.mkv', bytes, START_MS + OFFSET_MS),
      ),
    );
  });
});
