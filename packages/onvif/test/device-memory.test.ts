import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DeviceMemory } from '@minhchung/domain';
import { type DeviceOptions, type SimulatedDevice, SYSTEM_TIME } from '@minhchung/testkit';
import { describe, expect, it } from 'vitest';
import { createDeviceClient, createDeviceMemory, createRefusedCredentials } from '../src/index.ts';
import { recorders, SIGNAL } from './support/recorders.ts';

const { start, clientOf } = recorders();

/** HTTP requests that one poll by a fresh client costs. */
async function pollCost(device: SimulatedDevice, memory: DeviceMemory): Promise<number> {
  const before = device.http_request_count;
  const client = clientOf(device, { memory });
  await client.readClock(SIGNAL);
  expect(await client.recordings(SIGNAL)).toHaveLength(3);
  await client.close();
  return device.http_request_count - before;
}

describe('the memory of a device', () => {
  it.each<[string, Partial<DeviceOptions>]>([
    ['digest', { sign_in: ['http_digest'] }],
    ['a WS-Security token', { sign_in: ['ws_security'] }],
    ['either', {}],
  ])('makes a poll cost three requests where the device wants %s', async (_, options) => {
    const device = await start(options);
    const memory = createDeviceMemory();
    expect(await pollCost(device, memory)).toBeGreaterThan(3);
    for (let poll = 0; poll < 3; poll += 1) expect(await pollCost(device, memory)).toBe(3);
    expect(device.credentials.refusal_count).toBe(0);
  });

  it('keeps a refusal from being tried again, until credentials are set anew', async () => {
    const device = await start({ sign_in: ['http_digest'] });
    const memory = createDeviceMemory();
    const refused = createRefusedCredentials();
    const poll = async (password: string) => {
      const address = { device_url: device.device_url, username: 'admin', password };
      const client = createDeviceClient({ address, time: SYSTEM_TIME, memory, refused });
      return await client.recordings(SIGNAL).finally(() => client.close());
    };
    device.credentials.setPassword('một mật khẩu khác');
    await expect(poll('cũ')).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    await expect(poll('cũ')).rejects.toMatchObject({ code: 'DEVICE_REFUSED' });
    expect(device.credentials.refusal_count).toBe(1);
    expect(memory.is_refused).toBe(true);
    device.credentials.setPassword('cũ');
    memory.forgetAccount();
    expect(memory.is_refused).toBe(false);
    expect(await poll('cũ')).toHaveLength(3);
  });

  it('is small: 200,000 of them live at once', async () => {
    const child = join(import.meta.dirname, 'support/memory-child.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', child]);
    expect(Number(stdout)).toBeGreaterThan(100);
    expect(Number(stdout)).toBeLessThan(700);
  });

  it('is made here only', () => {
    const memory = { is_refused: false, forgetAccount: () => {} };
    const address = { device_url: 'http://127.0.0.1/', username: null, password: null };
    expect(() => createDeviceClient({ address, time: SYSTEM_TIME, memory })).toThrow(TypeError);
  });
});

describe('what a device tells of itself besides', () => {
  it('names live and still addresses at the host it was reached at', async () => {
    const device = await start({ faults: { advertised_host: '192.168.1.20' } });
    const client = clientOf(device);
    expect(await client.streamUri('Profile_2', SIGNAL)).toBe(
      `rtsp://127.0.0.1:${device.rtsp_port}/live/Profile_2`,
    );
    expect(await client.snapshotUri('Profile_2', SIGNAL)).toBe(
      `http://127.0.0.1:${device.http_port}/snapshot/Profile_2.jpg`,
    );
  });

  it('sums up its recordings in one answer', async () => {
    const device = await start();
    const held = device.channel(1).retained();
    expect(await clientOf(device).summary(SIGNAL)).toEqual({
      from_ms: held?.start_ms,
      until_ms: held?.end_ms,
      recording_count: 3,
    });
  });
});
