import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ManifestSearch } from '@minhchung/formats';
import { type RecordedFootage, recordFootage, type SimulatedDevice, startDevice } from '@minhchung/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { composeWorker, type WorkerUnderTest } from './compose-worker.ts';
import {
  type DeliveredPackage,
  deliveredPackage,
  type WitnessedFrame,
  witnessedFrames,
} from './delivered-package.ts';
import { estimate, seedItem } from './seed.ts';

const START_MS = Math.floor(Date.now() / 1000) * 1000 - 600_000;
const STEP_MS = START_MS + 50_000;
const WANTED = { start_ms: START_MS + 10_000, end_ms: START_MS + 90_000 };
const OFFSET_MS = 20_000;
const GOP_MS = 2000;
const GAP_MIN_MS = 1500;
const HOUR_MS = 3_600_000;
const PASSWORD = 'mat-khau-thu';

/** When the clock was read, in milliseconds around the instant at which it was set. */
interface Readings {
  readonly last_before_ms: number;
  readonly first_after_ms: number;
}

const CLOSE: Readings = { last_before_ms: -3000, first_after_ms: 2000 };
const FAR: Readings = { last_before_ms: -55_000, first_after_ms: 300_000 };
/** Further apart than frames are looked through for the step. */
const TOO_FAR: Readings = { last_before_ms: -1_790_000, first_after_ms: 300_000 };
/** A busy machine decodes every frame of up to four copies. */
const TIMEOUT_MS = 180_000;

let root: string;
let footage: RecordedFootage;
let directory: string;
let device: SimulatedDevice;
let composed: WorkerUnderTest;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'minhchung-clock-set-'));
  footage = await recordFootage({
    directory: join(root, 'footage'),
    camera_name: 'T01',
    start_true_ms: START_MS,
    duration_ms: 100_000,
    width: 352,
    height: 288,
    fps: 5,
    gop_ms: GOP_MS,
    keyframes_at_true_ms: [STEP_MS],
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

/** Extracts the wanted span from a recorder whose clock was set by `by_ms` in the middle of it. */
async function extract(by_ms: number, readings: Readings) {
  device.clock.step(OFFSET_MS + by_ms, STEP_MS);
  composed = await composeWorker({ directory });
  const bounds = (offset_ms: number) => ({ min_ms: offset_ms - 40, max_ms: offset_ms + 40 });
  const item_id = await seedItem(composed.store, composed.secrets, {
    recorder: { kind: 'onvif', device_url: device.device_url, folder: null },
    source_token: device.channel(1).source_token,
    credentials: { username: 'admin', password: PASSWORD },
    offset: [
      estimate(bounds(OFFSET_MS), 'first', START_MS - 3_600_000, STEP_MS + readings.last_before_ms),
      estimate(bounds(OFFSET_MS + by_ms), 'step', STEP_MS + readings.first_after_ms, Date.now()),
    ],
    wanted: WANTED,
  });
  await composed.worker.runOnce();
  const item = await composed.store.items.byId(item_id);
  const clip = await composed.store.clips.ofItem(item_id);
  expect(item?.reason).not.toMatchObject({ code: 'EXTRACTION_FAULT' });
  const delivered = await deliveredPackage(
    composed.archive,
    clip?.attempt_prefix,
    join(directory, 'package'),
  );
  return { item, clip, delivered, frames: await witnessedFrames(delivered) };
}

function isInside(frame: WitnessedFrame, { offset_min_ms, offset_max_ms }: ManifestSearch): boolean {
  return (
    frame.device_ms - offset_max_ms! - 0.1 <= frame.true_ms &&
    frame.true_ms <= frame.device_ms - offset_min_ms! + 0.1
  );
}

/** Frames whose true time is inside the bounds of none of the searches that may have stamped them. */
function outside({ manifest }: DeliveredPackage, frames: readonly WitnessedFrame[]): WitnessedFrame[] {
  return frames.filter((frame) => {
    const { approved_part } = manifest.searches[frame.master.search]!;
    const alternatives = manifest.searches.filter(
      (search) => search.approved_part.start_ms === approved_part.start_ms,
    );
    return !alternatives.some((search) => isInside(frame, search));
  });
}

/** Wanted frames that the recorder holds and no master does. */
function missing(frames: readonly WitnessedFrame[]): number[] {
  const delivered = new Set(frames.map(({ true_ms }) => true_ms));
  return device
    .stampedFrames(1)
    .map(({ true_time_ms }) => true_time_ms)
    .filter((true_ms) => true_ms >= WANTED.start_ms && true_ms < WANTED.end_ms && !delivered.has(true_ms));
}

/** Instants that the manifest does not call a gap although the recorder holds nothing there. */
function falselyCovered({ manifest }: DeliveredPackage): number[] {
  const held = device.stampedFrames(1).map(({ true_time_ms }) => true_time_ms);
  const instants = Array.from({ length: 80 }, (_, n) => WANTED.start_ms + n * 1000);
  return instants.filter((at_ms) => {
    const is_gap = manifest.gaps.some(({ start_ms, end_ms }) => start_ms <= at_ms && at_ms < end_ms);
    return !is_gap && !held.some((true_ms) => Math.abs(true_ms - at_ms) <= GAP_MIN_MS);
  });
}

describe('footage of a recorder whose clock was set in the middle of it', () => {
  const AROUND = ['measured_before_and_after', 'step_within', 'step_within', 'measured_before_and_after'];
  const UNKNOWN = ['step_within', 'step_within'];

  it.each<[string, number, Readings, string[]]>([
    ['forward by 1 h, with readings on both sides', HOUR_MS, CLOSE, AROUND],
    ['back by 37.4 s, with readings on both sides', -37_400, CLOSE, AROUND],
    ['forward by 1 h, nobody knows when', HOUR_MS, FAR, UNKNOWN],
    ['forward by 6 s, nobody knows when', 6000, FAR, UNKNOWN],
    ['back by 37.4 s, and the frames alone tell when', -37_400, FAR, AROUND],
    ['back by 37.4 s, nobody knows when', -37_400, TOO_FAR, UNKNOWN],
  ])('is delivered whole and truly timed: %s', { timeout: TIMEOUT_MS }, async (_, by_ms, readings, bases) => {
    const { item, clip, delivered, frames } = await extract(by_ms, readings);
    const { manifest, untruths } = delivered;
    expect(untruths).toEqual([]);
    expect(manifest.searches.map(({ basis }) => basis)).toEqual(bases);
    expect(missing(frames)).toEqual([]);
    expect(outside(delivered, frames)).toEqual([]);
    expect(falselyCovered(delivered)).toEqual([]);
    // Nothing but the approved span, what decoders need before it, and what lies within reach of the step.
    const reach_ms = GOP_MS + 200 + (by_ms === 6000 ? 6000 : 0);
    const times = frames.map(({ true_ms }) => true_ms);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(WANTED.start_ms - reach_ms);
    expect(Math.max(...times)).toBeLessThanOrEqual(WANTED.end_ms + reach_ms);

    // Set back, the recorder holds the moment in doubt under both offsets: then nothing need be missing.
    const is_partial = manifest.gaps.length > 0;
    if (by_ms > 0 || bases === UNKNOWN) expect(is_partial).toBe(true);
    expect(item).toMatchObject(
      is_partial ? { state: 'partial', reason: { code: 'clock_set' } } : { state: 'archived', reason: null },
    );
    expect(clip?.gaps).toEqual(manifest.gaps.map(({ start_ms, end_ms }) => ({ start_ms, end_ms })));
    const unsettled = {
      start_ms: STEP_MS + readings.last_before_ms,
      end_ms: STEP_MS + readings.first_after_ms,
    };
    for (const gap of manifest.gaps) {
      expect(gap.start_ms).toBeGreaterThanOrEqual(unsettled.start_ms);
      expect(gap.end_ms).toBeLessThanOrEqual(unsettled.end_ms);
    }
    // Where the frames show when the clock was set, a moment stays in doubt, not the time between the readings.
    const doubt_ms = manifest.gaps.reduce((sum, { start_ms, end_ms }) => sum + end_ms - start_ms, 0);
    if (bases === AROUND) expect(doubt_ms).toBeLessThan(1_000);
    const playables = manifest.derivatives.filter(({ kind }) => kind === 'playable');
    expect(playables.map(({ master_name }) => master_name)).toEqual(
      manifest.masters.filter(({ wanted }) => wanted.frames_inside > 0).map(({ name }) => name),
    );
  });

  it('does not count as found what was recorded under the same times after the clock was set back', {
    timeout: TIMEOUT_MS,
  }, async () => {
    device.channel(1).addHole({ start_ms: START_MS, end_ms: STEP_MS });
    const { item, delivered, frames } = await extract(-37_400, CLOSE);
    expect(delivered.untruths).toEqual([]);
    expect(item?.state).toBe('partial');
    expect(missing(frames)).toEqual([]);
    expect(outside(delivered, frames)).toEqual([]);
    expect(falselyCovered(delivered)).toEqual([]);
  });

  it('is not widened to alternatives when it was set before the span, and far enough from it', {
    timeout: TIMEOUT_MS,
  }, async () => {
    const { delivered, frames } = await extract(HOUR_MS, {
      last_before_ms: -45_000,
      first_after_ms: -42_000,
    });
    expect(delivered.manifest.searches).toHaveLength(1);
    expect(delivered.untruths).toEqual([]);
    expect(outside(delivered, frames)).toEqual([]);
  });
});
