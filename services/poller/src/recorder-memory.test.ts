import type { DeviceMemory } from '@minhchung/domain';
import { expect, it } from 'vitest';
import { RecorderMemory } from './recorder-memory.ts';

const URL_1 = 'http://10.0.0.1/onvif/device_service';

function newMemory(): DeviceMemory & { forgotten: number } {
  return {
    is_refused: false,
    forgotten: 0,
    forgetAccount() {
      this.forgotten += 1;
    },
  };
}

it('remembers a device from poll to poll, and forgets its account when that is set anew', () => {
  const memory = new RecorderMemory(10);
  const device = newMemory();
  const first = memory.recall('r', URL_1, 1, () => device);
  expect(memory.recall('r', URL_1, 1, newMemory)).toBe(first);
  expect(device.forgotten).toBe(0);
  memory.recall('r', URL_1, 2, newMemory);
  memory.recall('r', URL_1, 2, newMemory);
  expect(device.forgotten).toBe(1);
});

it('takes another address for another device', () => {
  const memory = new RecorderMemory(10);
  const first = memory.recall('r', URL_1, 1, newMemory);
  const second = memory.recall('r', 'http://10.0.0.2/onvif/device_service', 1, newMemory);
  expect(second.device).not.toBe(first.device);
});

it('forgets the longest unused when there are too many', () => {
  const memory = new RecorderMemory(2);
  const first = memory.recall('1', URL_1, null, newMemory);
  memory.recall('2', URL_1, null, newMemory);
  memory.recall('1', URL_1, null, newMemory);
  memory.recall('3', URL_1, null, newMemory);
  expect(memory.size).toBe(2);
  expect(memory.recall('1', URL_1, null, newMemory)).toBe(first);
});
