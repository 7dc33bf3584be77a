import { execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@minhchung/domain';
import {
  type RecordedFootage,
  readBurnedClocks,
  recordFootage,
  type SimulatedDevice,
  startDevice,
  writeSegments,
} from '@minhchung/testkit';
import { verifyPackage } from '@minhchung/verify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { composeWorker, type WorkerTestOptions, type WorkerUnderTest } from './compose-worker.ts';
import { deliveredPackage, witnessedFrames } from './delivered-package.ts';
import { type SeedOptions, seedItem } from './seed.ts';

const START_MS = Math.floor(Date.now() / 1000) * 1000 - 600_000;
const LENGTH_MS = 20_000;
const OFFSET_MS = -37_400;
const WANTED = { start_ms: START_MS + 4000, end_ms: START_MS + 16_000 };
const HOLE = { start_ms: START_MS + 7000, end_ms: START_MS + 12_000 };
const PASSWORD = 'mat-khau-thu';

describe('how an item ends', () => {
  let root: string;
  let footage: RecordedFootage;
  let device: SimulatedDevice;
  let directory: string;
  let composed: WorkerUnderTest;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'minhchung-outcomes-'));
    footage = await recordFootage({
      directory: join(root, 'footage'),
      camera_name: 'T01',
      start_true_ms: START_MS,
      duration_ms: LENGTH_MS,
      width: 352,
      height: 288,
      keyframes_at_true_ms: [HOLE.start_ms, HOLE.end_ms],
    });
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  beforeEach(async () => {
    directory = await mkdtemp(join(root, 'site-'));
    device = await startDevice({
      channels: [{ name: 'T01', footage }],
      clock_offset_ms: OFFSET_MS,
      password: PASSWORD,
    });
  });
  afterEach(async () => {
    await composed.close();
    await device.close();
  });

  async function extract(seed: Partial<SeedOptions> = {}, options: Partial<WorkerTestOptions> = {}) {
    composed = await composeWorker({ directory, ...options });
    const item_id = await seedItem(composed.store, composed.secrets, {
      recorder: { kind: 'onvif', device_url: device.device_url, folder: null },
      source_token: device.channel(1).source_token,
      credentials: { username: 'admin', password: PASSWORD },
      offset: { min_ms: OFFSET_MS - 40, max_ms: OFFSET_MS + 40 },
      wanted: WANTED,
      ...seed,
    });
    await composed.worker.runOnce();
    const item = await composed.store.items.byId(item_id);
    return { item, clip: await composed.store.clips.ofItem(item_id) };
  }

  function packageOf(attempt_prefix: string | undefined) {
    return deliveredPackage(composed.archive, attempt_prefix, join(directory, 'package'));
  }

  it('is archived whole when the recorder holds the span', async () => {
    const { item, clip } = await extract();
    expect(item).toMatchObject({ state: 'archived', reason: null });
    expect(clip?.gaps).toEqual([]);
    const { manifest, untruths } = await packageOf(clip?.attempt_prefix);
    expect(untruths).toEqual([]);
    expect(manifest.derivatives.map(({ kind }) => kind)).toEqual(['playable', 'contact_sheet']);
    let shown = 0;
    for await (const clock of readBurnedClocks(join(directory, 'package', 'playable-001.mp4'))) {
      if (clock.valid) shown += 1;
    }
    expect(shown).toBe(manifest.masters[0]?.wanted.frames_inside);
  });

  it('is archived with a word on breaks that are too short to be gaps', { timeout: 120_000 }, async () => {
    for (const end_ms of [HOLE.start_ms, HOLE.end_ms])
      device.channel(1).addHole({ start_ms: end_ms - 1200, end_ms });
    const { item, clip } = await extract();
    expect([item?.state, clip?.gaps]).toEqual(['archived', []]);
    const { manifest, untruths } = await packageOf(clip?.attempt_prefix);
    expect(untruths).toEqual([]);
    const { count, total_ms, longest_ms } = manifest.searches[0]!.short_breaks!;
    expect(count).toBe(2);
    for (const length_ms of [total_ms / 2, longest_ms]) {
      expect(length_ms).toBeGreaterThanOrEqual(1200);
      expect(length_ms).toBeLessThan(1400);
    }
    const { notes } = await verifyPackage(join(directory, 'package'));
    expect(notes[0]?.en).toMatch(/^ATTENTION: frames are missing in short breaks: 2 of them/);
  });

  it('is archived whole from a folder of files named in the device own local time', async () => {
    const folder = join(directory, 'recordings');
    const pattern = '%Y-%m-%d_%H-%M-%S-%f.mp4';
    await writeSegments(footage, { directory: folder, pattern, clock: device.clock, segment_ms: 6000 });
    const { item, clip } = await extract({
      recorder: {
        kind: 'folder',
        device_url: null,
        folder: { path: folder, pattern, zone: 'Asia/Ho_Chi_Minh' },
      },
      source_token: null,
      credentials: null,
    });
    expect(item).toMatchObject({ state: 'archived', reason: null });
    const { manifest, untruths } = await packageOf(clip?.attempt_prefix);
    expect(untruths).toEqual([]);
    expect(manifest.source.kind).toBe('recording_folder');
  });

  it('is archived in several masters when the picture changes inside a file of the folder', async () => {
    const changed = await recordFootage({
      directory: join(directory, 'changed'),
      camera_name: 'T01',
      start_true_ms: START_MS + LENGTH_MS / 2,
      duration_ms: LENGTH_MS / 2,
      width: 640,
      height: 360,
    });
    const folder = join(directory, 'recordings');
    const pattern = '%Y-%m-%d_%H-%M-%S-%f.ts';
    const options = { pattern, clock: device.clock, container: 'ts', segment_ms: LENGTH_MS } as const;
    const missing = { holes: [{ start_ms: START_MS + LENGTH_MS / 2, end_ms: START_MS + LENGTH_MS }] };
    const [first] = await writeSegments(footage, { ...options, directory: folder, missing });
    const [second] = await writeSegments(changed, { ...options, directory: join(directory, 'other') });
    const later = join(directory, 'later.ts');
    const copied = ['-i', join(directory, 'other', second!.name), '-c', 'copy', '-muxdelay', '0'];
    execFileSync('ffmpeg', ['-v', 'error', ...copied, '-output_ts_offset', String(LENGTH_MS / 2000), later]);
    await appendFile(join(folder, first!.name), await readFile(later));

    const { item, clip } = await extract({
      recorder: {
        kind: 'folder',
        device_url: null,
        folder: { path: folder, pattern, zone: 'Asia/Ho_Chi_Minh' },
      },
      source_token: null,
      credentials: null,
    });
    const delivered = await packageOf(clip?.attempt_prefix);
    expect(delivered.untruths).toEqual([]);
    expect(delivered.manifest.masters.map(({ height, search }) => [height, search])).toEqual([
      [288, 0],
      [360, 0],
    ]);
    const shown = new Set((await witnessedFrames(delivered)).map(({ true_ms }) => true_ms));
    const held = [
      ...footage.frames.filter(({ true_time_ms }) => true_time_ms < START_MS + LENGTH_MS / 2),
      ...changed.frames,
    ];
    const wanted = held.filter(
      ({ true_time_ms: at_ms }) => at_ms >= WANTED.start_ms && at_ms < WANTED.end_ms,
    );
    expect(wanted.filter(({ true_time_ms }) => !shown.has(true_time_ms))).toEqual([]);
    expect(item).toMatchObject({ state: 'archived', reason: null });
  });

  it('is partial, with the hole as its gap, when the recorder lost a part', async () => {
    device.channel(1).addHole(HOLE);
    const { item, clip } = await extract();
    expect(item).toMatchObject({ state: 'partial', reason: { code: 'recorder_hole' } });
    expect(clip?.gaps).toHaveLength(1);
    // Frames are 80 ms apart and the offset is known to ± 40 ms and a little drift.
    expect(Math.abs((clip?.gaps[0]?.start_ms ?? 0) - HOLE.start_ms)).toBeLessThan(250);
    expect(Math.abs((clip?.gaps[0]?.end_ms ?? 0) - HOLE.end_ms)).toBeLessThan(250);
    expect((await packageOf(clip?.attempt_prefix)).untruths).toEqual([]);
  });

  it('is no_footage only when the recorder answered and has overwritten the span', async () => {
    device.channel(1).overwriteBefore(WANTED.end_ms + 2000);
    const { item, clip } = await extract();
    expect(item).toMatchObject({ state: 'no_footage', reason: { code: 'overwritten' } });
    expect(clip).toBeNull();
  });

  it('waits for a recorder that cannot be reached', async () => {
    await device.goOffline();
    const { item } = await extract();
    expect(item).toMatchObject({ state: 'waiting', reason: { code: 'SOURCE_UNREACHABLE' } });
    expect(item?.not_before_ms).not.toBeNull();
  });

  it('fails, and is not tried again, when the recorder refuses the password', async () => {
    const { item } = await extract({ credentials: { username: 'admin', password: 'sai' } });
    expect(item).toMatchObject({ state: 'failed', reason: { code: 'SOURCE_REFUSED' } });
    expect(JSON.stringify(item)).not.toContain('sai"');
  });

  it('keeps the master and says what is missing when ffmpeg is not there', async () => {
    const { item, clip } = await extract({}, { ffmpeg_path: '/nowhere/ffmpeg' });
    expect(item).toMatchObject({ state: 'archived', reason: { code: 'DERIVATIVE_LEFT_OUT' } });
    expect(item?.reason?.text.vi).toContain('ffmpeg');
    const { manifest, untruths } = await packageOf(clip?.attempt_prefix);
    expect(untruths).toEqual([]);
    expect(manifest.masters).toHaveLength(1);
    expect(manifest.derivatives).toEqual([]);
  });

  it('is queued again, with nothing left behind, when the archive is full', async () => {
    const { item } = await extract(
      {},
      {
        wrapArchive: (archive) => ({
          ...archive,
          capabilities: archive.capabilities,
          kind: archive.kind,
          read: archive.read.bind(archive),
          stat: archive.stat.bind(archive),
          list: archive.list.bind(archive),
          discardAttempt: archive.discardAttempt.bind(archive),
          localPath: archive.localPath.bind(archive),
          close: archive.close.bind(archive),
          create: async (key, options) => {
            const writer = await archive.create(key, options);
            return {
              write: () => Promise.reject(new CodedError('ARCHIVE_FULL', { key })),
              commit: writer.commit.bind(writer),
              abort: writer.abort.bind(writer),
            };
          },
        }),
      },
    );
    expect(item).toMatchObject({ state: 'queued', reason: { code: 'ARCHIVE_FULL' } });
    const left: string[] = [];
    for await (const { key } of composed.archive.list('')) left.push(key);
    expect(left).toEqual([]);
  });

  it('takes the whole margin and says that the offset is an assumption when the clock was never measured', async () => {
    const { item, clip } = await extract({ offset: null });
    const { manifest, untruths } = await packageOf(clip?.attempt_prefix);
    expect(untruths).toEqual([]);
    expect(manifest.searches[0]).toMatchObject({
      basis: 'assumed',
      offset_min_ms: -600_000,
      offset_max_ms: 600_000,
    });
    expect(item).toMatchObject({ state: 'partial', reason: { code: 'clock_uncertain' } });
  });
});
