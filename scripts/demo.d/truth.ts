import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST_NAME, type Manifest, type ManifestMaster, parseManifest } from '@minhchung/formats';
import { type BurnedClock, readBurnedClocks } from '@minhchung/testkit';
import { framePresentationTimes } from './frame-times.ts';
import type { WardCamera } from './ward.ts';
import type { WardTimes } from './ward-plan.ts';

/** What the frames of delivered clips say when held against what the simulated devices really did. */
export interface TruthReport {
  frames_checked: number;
  /** Largest difference between a frame's device time by manifest and file, and what the device stamped on it. */
  device_frame_error_ms_max: number;
  /** Frames whose burned-in true time lies outside the manifest's corrected time ± its bound. */
  truth_outside_bounds: number;
  /** Largest bound a manifest states for its corrected times, ± milliseconds. */
  bound_ms_max: number;
  /** Frames the device holds of the wanted span that are in no delivered master. */
  wanted_frames_missing: number;
  /** Frames that are delivered twice. */
  frames_doubled: number;
  /** Frames of playable copies that show anything but wanted frames, or lack one. */
  playable_frames_wrong: number;
}

export function emptyTruthReport(): TruthReport {
  return {
    frames_checked: 0,
    device_frame_error_ms_max: 0,
    truth_outside_bounds: 0,
    bound_ms_max: 0,
    wanted_frames_missing: 0,
    frames_doubled: 0,
    playable_frames_wrong: 0,
  };
}

/**
 * Decodes every frame of a delivered package and adds what it shows to `report`. The clock burned into each
 * picture is the witness: it was drawn before the device's own, wrong clock ever came into play.
 */
export async function checkTruth(
  folder: string,
  camera: WardCamera,
  times: WardTimes,
  report: TruthReport,
): Promise<void> {
  const manifest = parseManifest(await readFile(join(folder, MANIFEST_NAME)));
  const stamped_us = new Map(
    camera.device.stampedFrames(camera.channel).map((frame) => [frame.true_time_ms, frame.device_time_us]),
  );
  const seen = new Map<number, number>();
  for (const master of manifest.masters) {
    await checkMaster(folder, manifest, master, stamped_us, seen, report);
  }
  for (const count of seen.values()) if (count > 1) report.frames_doubled += count - 1;
  for (const true_ms of stamped_us.keys()) {
    const is_wanted = true_ms >= times.wanted.start_ms && true_ms < times.wanted.end_ms;
    if (is_wanted && !seen.has(true_ms)) report.wanted_frames_missing += 1;
  }
  await checkPlayables(folder, manifest, stamped_us, report);
}

async function checkMaster(
  folder: string,
  manifest: Manifest,
  master: ManifestMaster,
  stamped_us: ReadonlyMap<number, number>,
  seen: Map<number, number>,
  report: TruthReport,
): Promise<void> {
  const path = join(folder, master.name);
  const { offset_min_ms = null, offset_max_ms = null } = manifest.searches[master.search] ?? {};
  if (offset_min_ms === null || offset_max_ms === null) throw new Error(`${path}: the offset is unknown`);
  report.bound_ms_max = Math.max(report.bound_ms_max, (offset_max_ms - offset_min_ms) / 2);
  const presented_us = await framePresentationTimes(path);
  let n = 0;
  for await (const clock of readBurnedClocks(path)) {
    const true_ms = readable(clock, path, n);
    const device_us = master.first_frame_device_time_us + (presented_us[n] ?? Number.NaN);
    const stamp_us = stamped_us.get(true_ms);
    if (stamp_us === undefined) throw new Error(`${path}: frame ${n} was never recorded by this camera`);
    // Written so that a missing number counts as the worst of errors.
    const error_ms = Math.abs(device_us - stamp_us) / 1000;
    report.device_frame_error_ms_max = Number.isNaN(error_ms)
      ? Number.POSITIVE_INFINITY
      : Math.max(report.device_frame_error_ms_max, error_ms);
    const earliest_ms = device_us / 1000 - offset_max_ms;
    const latest_ms = device_us / 1000 - offset_min_ms;
    if (!(earliest_ms <= true_ms && true_ms <= latest_ms)) report.truth_outside_bounds += 1;
    seen.set(true_ms, (seen.get(true_ms) ?? 0) + 1);
    report.frames_checked += 1;
    n += 1;
  }
  if (n !== master.frame_count)
    throw new Error(`${path}: ${n} frames decode, the manifest says ${master.frame_count}`);
}

/** A playable copy must show exactly the frames of its master that lie in its range of device time. */
async function checkPlayables(
  folder: string,
  manifest: Manifest,
  stamped_us: ReadonlyMap<number, number>,
  report: TruthReport,
): Promise<void> {
  for (const copy of manifest.derivatives.filter(({ kind }) => kind === 'playable')) {
    const expected = [...stamped_us]
      .filter(([, device_us]) => device_us >= copy.from_device_time_us && device_us < copy.to_device_time_us)
      .map(([true_ms]) => true_ms)
      .sort((a, b) => a - b);
    const shown: number[] = [];
    const path = join(folder, copy.name);
    for await (const clock of readBurnedClocks(path)) shown.push(readable(clock, path, shown.length));
    const length = Math.max(expected.length, shown.length);
    for (let n = 0; n < length; n += 1) if (expected[n] !== shown[n]) report.playable_frames_wrong += 1;
  }
}

function readable(clock: BurnedClock, path: string, n: number): number {
  if (!clock.valid) throw new Error(`${path}: the clock burned into frame ${n} cannot be read`);
  return clock.true_time_ms;
}
