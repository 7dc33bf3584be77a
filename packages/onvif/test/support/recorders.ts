import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceClient } from '@minhchung/domain';
import {
  type DeviceOptions,
  type RecordedFootage,
  recordFootage,
  type SimulatedDevice,
  SYSTEM_TIME,
  startDevice,
} from '@minhchung/testkit';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createDeviceClient, type DeviceClientOptions } from '../../src/index.ts';

/** True time at which the footage of these recorders begins. */
export const START_MS = Date.UTC(2026, 10, 22, 8, 0, 0);
export const SIGNAL = new AbortController().signal;
export const PASSWORD = 'mật khẩu 1';

/**
 * Simulated recorders of three channels for one test file, holding two seconds of small video, and clients of
 * them. Everything ends with its test.
 */
export function recorders() {
  const closing: (() => Promise<void>)[] = [];
  let base: string;
  let footage: RecordedFootage;

  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'recorders-'));
    footage = await recordFootage({
      directory: base,
      camera_name: 'Ngõ 5',
      start_true_ms: START_MS,
      duration_ms: 2_000,
      width: 176,
      height: 144,
      fps: 10,
    });
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(() => rm(base, { recursive: true }));

  return {
    async start(options: Partial<DeviceOptions> = {}): Promise<SimulatedDevice> {
      const channels = [1, 2, 3].map((n) => ({ name: `Kênh ${n}`, footage }));
      const device = await startDevice({ channels, password: PASSWORD, ...options });
      closing.push(() => device.close());
      return device;
    },
    clientOf(device: SimulatedDevice, options: Partial<DeviceClientOptions> = {}): DeviceClient {
      const address = { device_url: device.device_url, username: 'admin', password: PASSWORD };
      const client = createDeviceClient({ address, time: SYSTEM_TIME, deadline_ms: 5_000, ...options });
      closing.push(() => client.close());
      return client;
    },
  };
}
