import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClockOffsetEstimate } from '@minhchung/domain';
import { createDeviceClient, createHttpPool, createRefusedCredentials } from '@minhchung/onvif';
import { recordFootage, type SimulatedDevice, startDevice } from '@minhchung/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureClock } from '../src/index.ts';

const OFFSET_MS = 2_473_300;
const time = { now_ms: () => performance.timeOrigin + performance.now() };
const SIX_READINGS = { target_width_ms: 1, readings_max: 6, drift_ppm: 100 };
const SYNCHRONISED = { synchronised: true, bound_ms: 5 };

describe('the clock of a device over loopback', () => {
  let root: string;
  let device: SimulatedDevice;
  const pool = createHttpPool();

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'clock-'));
    const picture = { width: 176, height: 144, fps: 5, duration_ms: 1000 };
    const start_true_ms = Date.now() - 20_000;
    const footage = await recordFootage({ directory: root, camera_name: 'T01', start_true_ms, ...picture });
    device = await startDevice({
      channels: [{ name: 'T01', footage }],
      clock_offset_ms: OFFSET_MS,
      password: 'mat-khau',
    });
  });
  afterAll(async () => {
    await device.close();
    await pool.close();
    await rm(root, { recursive: true, force: true });
  });

  async function measure(known: ClockOffsetEstimate | null, host = SYNCHRONISED, readings_max = 6) {
    const address = { device_url: device.device_url, username: null, password: null };
    const client = createDeviceClient({ address, time, pool, refused: createRefusedCredentials() });
    const measurement = { ...SIX_READINGS, readings_max };
    try {
      return await measureClock(client, known, host, measurement, time, new AbortController().signal);
    } finally {
      await client.close();
    }
  }

  it('is known to 100 ms or better after six readings, with the truth inside', async () => {
    device.clock.step(OFFSET_MS);
    const found = await measure(null);
    const estimate = found.to_save.at(-1)!;
    expect(found.readings).toBe(6);
    expect(estimate.min_ms).toBeLessThanOrEqual(OFFSET_MS);
    expect(estimate.max_ms).toBeGreaterThanOrEqual(OFFSET_MS);
    expect(estimate.max_ms - estimate.min_ms).toBeLessThanOrEqual(100);
  });

  it.each([3_600_000, -7 * 3_600_000, 90_000, -2_500])(
    'set by %i ms, is seen to be at the next reading',
    async (by_ms) => {
      device.clock.step(OFFSET_MS);
      const before = (await measure(null)).to_save.at(-1)!;
      device.clock.step(OFFSET_MS + by_ms);
      const after = await measure(before, SYNCHRONISED, 1);
      expect(after).toMatchObject({ stepped: true, readings: 1 });
      const estimate = after.to_save.at(-1)!;
      expect(estimate.began_as).toBe('step');
      expect(estimate.min_ms).toBeLessThanOrEqual(OFFSET_MS + by_ms);
      expect(estimate.max_ms).toBeGreaterThanOrEqual(OFFSET_MS + by_ms);
    },
  );

  it('teaches nothing to a host that is not synchronised', async () => {
    device.clock.step(OFFSET_MS);
    const known = (await measure(null)).to_save.at(-1)!;
    device.clock.step(OFFSET_MS + 3_600_000);
    const found = await measure(known, { synchronised: false, bound_ms: 5 });
    expect(found).toMatchObject({ to_save: [], stepped: false });
  });
});
