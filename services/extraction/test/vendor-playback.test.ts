import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLAYBACK_PRESETS, type PlaybackFinding, type PlaybackSettings } from '@minhchung/domain';
import {
  type RecordedFootage,
  recordFootage,
  startVendorRecorder,
  type VendorOptions,
  type VendorRecorder,
} from '@minhchung/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { composeWorker, type WorkerUnderTest } from './compose-worker.ts';
import { deliveredPackage, witnessedFrames } from './delivered-package.ts';
import { seedItem } from './seed.ts';

const PASSWORD = 'mat-khau-thu';
const OFFSET_MS = 41 * 60_000;
const START_MS = Math.floor(Date.now() / 1_000) * 1_000 - 2 * 3_600_000;
const LENGTH_MS = 60_000;
const WANTED = { start_ms: START_MS + 30_000, end_ms: START_MS + 38_000 };

/** As a calibration of the recorder below finds it; that it does is proved elsewhere. */
const FINDING: PlaybackFinding = {
  ...{
    semantics: 'local_written_as_utc',
    zone_offset_min: 420,
    frame_times: 'stamped',
    frame_offset_min: 420,
  },
  ...{ start_rule: 'keyframe_before', honours_end: true, keyframe_interval_ms: 2_000, time_resolution_ms: 0 },
  ...{ nothing_answer: 'rtsp_404', method: 'frame_times', calibrated_at_ms: 1, calibrated_by_person_id: 'p' },
  ...{ firmware_version: null, stale: null },
};

describe('an item of a recorder played at its maker’s address', () => {
  let directory: string;
  let footage: RecordedFootage;
  let recorder: VendorRecorder;
  let composed: WorkerUnderTest;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'vendor-item-'));
    footage = await recordFootage({
      ...{ directory: join(directory, 'footage'), camera_name: 'V01', start_true_ms: START_MS },
      ...{ duration_ms: LENGTH_MS, width: 176, height: 144, gop_ms: 2_000 },
    });
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  beforeEach(async () => {
    await start({});
  });
  afterEach(async () => {
    await composed.close();
    await recorder.close();
  });

  async function start(options: Partial<VendorOptions>): Promise<void> {
    await recorder?.close();
    recorder = await startVendorRecorder({
      ...{ vendor: 'hikvision', reads: 'local', stamps: 'local', clock_offset_ms: OFFSET_MS },
      ...{ footage, password: PASSWORD },
      ...options,
    });
  }

  async function extract(finding: PlaybackFinding | null, change: { readonly source_token?: string } = {}) {
    const folder = await mkdtemp(join(directory, 'item-'));
    composed = await composeWorker({ directory: folder });
    const playback: PlaybackSettings = {
      ...{ vendor: 'hikvision', template: PLAYBACK_PRESETS.hikvision, channel: 1, rtsp_port: null, finding },
    };
    const item_id = await seedItem(composed.store, composed.secrets, {
      recorder: { kind: 'playback_url', device_url: recorder.device_url, folder: null, playback },
      source_token: null,
      credentials: { username: 'admin', password: PASSWORD },
      offset: { min_ms: OFFSET_MS - 40, max_ms: OFFSET_MS + 40 },
      wanted: WANTED,
      ...change,
    });
    await composed.worker.runOnce();
    const item = (await composed.store.items.byId(item_id))!;
    const clip = await composed.store.clips.ofItem(item_id);
    const package_folder = join(folder, 'package');
    return {
      item,
      clip,
      delivered: () => deliveredPackage(composed.archive, clip?.attempt_prefix, package_folder),
    };
  }

  it('is archived whole, each frame at its own time, in a package that a stranger finds true', async () => {
    const { item, clip, delivered } = await extract(FINDING);
    expect(item).toMatchObject({ state: 'archived', reason: null });
    expect(clip?.gaps).toEqual([]);
    const given = await delivered();
    expect(given.untruths).toEqual([]);
    expect(given.manifest.source).toMatchObject({ kind: 'playback_url', parts: ['channel 1'] });
    expect(JSON.stringify(given.manifest)).not.toContain(PASSWORD);
    const frames = await witnessedFrames(given);
    for (const { true_ms, device_ms } of frames)
      expect(Math.abs(device_ms - OFFSET_MS - true_ms)).toBeLessThan(1);
    const wanted = footage.frames.map(({ true_time_ms }) => true_time_ms);
    const inside = wanted.filter((ms) => ms >= WANTED.start_ms && ms < WANTED.end_ms);
    expect(frames.map(({ true_ms }) => true_ms)).toEqual(expect.arrayContaining(inside));
  });

  it('tells gaps with their times where the recorder lost something', async () => {
    recorder.model.lose({ start_ms: START_MS + 32_000, end_ms: START_MS + 36_000 });
    const { item, clip } = await extract(FINDING);
    expect(item.state).toBe('partial');
    expect(clip?.gaps).toHaveLength(1);
    const [gap] = clip!.gaps;
    // Widened by what nobody knows of the clock since the footage was recorded.
    expect(gap!.start_ms).toBeGreaterThan(START_MS + 29_900);
    expect(gap!.end_ms).toBeLessThan(START_MS + 38_100);
  });

  it.each([
    ['was never calibrated', null, 'PLAYBACK_NOT_CALIBRATED'],
    [
      'changed its firmware since',
      { ...FINDING, stale: { reason: 'firmware_changed', since_ms: 1 } } as const,
      'PLAYBACK_FINDING_STALE',
    ],
  ])('fails where the recorder %s, and nothing is asked of it', async (_what, finding, code) => {
    const { item } = await extract(finding);
    expect(item).toMatchObject({ state: 'failed', reason: { code } });
    expect(recorder.asked).toEqual([]);
  });

  it('fails where its camera names no channel number', async () => {
    const { item } = await extract(FINDING, { source_token: 'VideoSource_1' });
    expect(item).toMatchObject({ state: 'failed', reason: { code: 'PLAYBACK_CHANNEL_UNKNOWN' } });
  });

  it('has no footage where the recorder says so, and waits where it says nothing', async () => {
    recorder.model.lose({ start_ms: START_MS - 600_000, end_ms: START_MS + 600_000 });
    expect((await extract(FINDING)).item).toMatchObject({
      state: 'no_footage',
      reason: { code: 'nothing_recorded' },
    });
    await composed.close();
    await recorder.close();
    expect((await extract(FINDING)).item).toMatchObject({
      state: 'waiting',
      reason: { code: 'SOURCE_UNREACHABLE' },
    });
  });

  it('is never "no footage" of a channel that plays nothing at all', async () => {
    const { item } = await extract(FINDING, { source_token: '7' });
    expect(item.state).not.toBe('no_footage');
    expect(item.reason?.code).toBe('PLAYBACK_NOTHING_CAME');
  });

  it('says that its clock is uncertain rather than claim frames that are only counted', async () => {
    await start({ sends: 'none' });
    const counted: PlaybackFinding = {
      ...FINDING,
      ...{ frame_times: 'counted', frame_offset_min: 0, start_rule: 'unknown', time_resolution_ms: 12_000 },
    };
    const { item, delivered } = await extract(counted);
    expect(['archived', 'partial']).toContain(item.state);
    const given = await delivered();
    expect(given.untruths).toEqual([]);
    const frames = await witnessedFrames(given);
    for (const { true_ms, device_ms } of frames) {
      const late_ms = true_ms + OFFSET_MS - device_ms;
      expect(late_ms).toBeGreaterThanOrEqual(0);
      expect(late_ms).toBeLessThan(12_000);
    }
    const wanted = footage.frames.map(({ true_time_ms }) => true_time_ms);
    const inside = wanted.filter((ms) => ms >= WANTED.start_ms && ms < WANTED.end_ms);
    expect(frames.map(({ true_ms }) => true_ms)).toEqual(expect.arrayContaining(inside));
  });
});
