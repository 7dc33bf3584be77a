import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registryRoutes } from '@minhchung/registry';
import { formatReport, verifyPackage } from '@minhchung/verify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { composeWorker, type WorkerUnderTest } from '../../services/extraction/test/compose-worker.ts';
import { deliveredPackage, witnessedFrames } from '../../services/extraction/test/delivered-package.ts';
import { seedItem } from '../../services/extraction/test/seed.ts';
import { createWorld, type World } from '../../services/gateway/test/world.ts';
import { caseOf } from './factors.ts';
import type { CaseRecorder } from './recorder.ts';
import { Recordings } from './recordings.ts';
import { replayRecorder } from './replay-recorder.ts';
import { clockHistory, STAGE, wantedSpan } from './stage.ts';

/** The recorder is 41 minutes fast; the digits drawn into the picture tell the true time. */
const CASE = caseOf('replay/h264/cfr/p/1s/+41min/plain');
const RECORDER_OFFSET_MS = 41 * 60_000;

/** Each test runs a dozen programs, on machines that may have other things to do. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

let directory: string;
let composed: WorkerUnderTest;
let recorder: CaseRecorder;
let world: World;
let item_id: string;
let technician: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'minhchung-display-'));
  const footage = await new Recordings(join(directory, 'recordings')).of(CASE);
  recorder = await replayRecorder(CASE, footage);
  composed = await composeWorker({ directory });
  const { store, secrets } = composed;
  const hostClock = async () => ({ synchronised: true, bound_ms: 5 });
  world = await createWorld({
    store,
    areas: (deps) => [registryRoutes({ ...deps, secrets, hostClock })],
  });
  world.time.set(STAGE.start_ms + STAGE.duration_ms);
  const wanted = wantedSpan(CASE, footage);
  item_id = await seedItem(store, secrets, { ...recorder.seed, offset: clockHistory(CASE), wanted });
  const camera = (await store.cameras.byId((await store.items.byId(item_id))!.camera_id))!;
  await world.addAccount('tech', [{ role: 'technician', unit_id: camera.unit_id }]);
  technician = await world.sessionOf('tech');
});
afterEach(async () => {
  await composed.worker.close();
  await recorder.close();
  await world.close();
  await composed.archive.close();
  await rm(directory, { recursive: true, force: true });
});

async function post(url: string, payload?: object) {
  const body = payload === undefined ? {} : { payload };
  const answer = await world.send({ method: 'POST', url, session: technician, ...body });
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer.json();
}

/** Registers the clock in the picture and reads it by eye, 30 seconds after taking the server's time. */
async function readDisplay(): Promise<string> {
  const { camera_id } = (await composed.store.items.byId(item_id))!;
  const { clock_id } = await post(`/api/cameras/${camera_id}/clock`, { name: 'Giờ trên hình' });
  const { challenge_id, server_time_ms } = await post(`/api/clocks/${clock_id}/challenges`);
  world.time.advance(31_000);
  const shown_ms = Math.floor((server_time_ms + 30_000) / 1000) * 1000;
  await post(`/api/clocks/${clock_id}/sights`, {
    challenge_id,
    shown_ms,
    round_trip_ms: 80,
    elapsed_ms: 30_000,
  });
  return clock_id;
}

describe('a clip whose picture shows another time than its recorder stamps', () => {
  it('tells of both clocks and how far they are apart, and makes its times from the recorder’s', async () => {
    const clock_id = await readDisplay();
    await composed.worker.runOnce();
    const clip = (await composed.store.clips.ofItem(item_id))!;
    const delivered = await deliveredPackage(
      composed.archive,
      clip.attempt_prefix,
      join(directory, 'package'),
    );
    expect(delivered.untruths).toEqual([]);

    const { display_clock, clock } = delivered.manifest;
    expect(display_clock).toMatchObject({
      id: clock_id,
      name: 'Giờ trên hình',
      kind: 'camera',
      method: 'photo',
    });
    expect(clock.id).not.toBe(clock_id);
    expect(display_clock!.offset_min_ms).toBeLessThanOrEqual(0);
    expect(display_clock!.offset_max_ms).toBeGreaterThanOrEqual(0);
    const [apart] = display_clock!.differences;
    expect(apart!.min_ms).toBeLessThanOrEqual(-RECORDER_OFFSET_MS);
    expect(apart!.max_ms).toBeGreaterThanOrEqual(-RECORDER_OFFSET_MS);
    expect(apart!.max_ms - apart!.min_ms).toBeLessThan(5_000);

    const frames = await witnessedFrames(delivered);
    expect(frames.length).toBeGreaterThan(20);
    for (const { true_ms, device_ms } of frames) {
      expect(Math.abs(device_ms - true_ms - RECORDER_OFFSET_MS)).toBeLessThanOrEqual(1);
    }
    const report = await verifyPackage(delivered.folder);
    expect(formatReport(report)).toContain('The time shown in the picture disagrees');
  });

  it('tells of no such clock where nobody registered one', async () => {
    await composed.worker.runOnce();
    const clip = (await composed.store.clips.ofItem(item_id))!;
    const { manifest, untruths } = await deliveredPackage(
      composed.archive,
      clip.attempt_prefix,
      join(directory, 'package'),
    );
    expect(untruths).toEqual([]);
    expect(manifest.display_clock).toBeUndefined();
  });
});
