import type { DeviceAddress, DeviceClient, DeviceMemory, ReplayClient } from '@minhchung/domain';
import {
  createDeviceClient,
  createHttpPool,
  createRefusedCredentials,
  createReplayClient,
} from '@minhchung/onvif';
import type { Settings } from '@minhchung/settings';
import type { Closers } from './closers.ts';
import { SYSTEM_TIME } from './system-time.ts';

/** How this process reaches devices: connections and the memory of refused credentials are shared. */
export interface Devices {
  readonly openDevice: (address: DeviceAddress, memory?: DeviceMemory) => DeviceClient;
  readonly replay: ReplayClient;
}

export function createDevices(settings: Settings, closers: Closers): Devices {
  const pool = closers.add(createHttpPool());
  const refused = createRefusedCredentials();
  return {
    openDevice: (address, memory) =>
      createDeviceClient({ address, time: SYSTEM_TIME, pool, refused, memory }),
    replay: createReplayClient({ stall_ms: settings.extraction.stall_ms, refused }),
  };
}
