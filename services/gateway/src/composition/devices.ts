import type { DeviceAddress, DeviceClient, DeviceMemory, ReplayClient } from '@minhchung/domain';
import {
  createConnectGuard,
  createDeviceClient,
  createHttpPool,
  createRefusedCredentials,
  createReplayClient,
} from '@minhchung/onvif';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';
import { certificatePins } from './certificate-pins.ts';
import type { Closers } from './closers.ts';
import { SYSTEM_TIME } from './system-time.ts';

/**
 * How this process reaches devices: connections and the memory of refused credentials are shared, and every
 * connection, HTTP and RTSP alike, is guarded and known by its certificate.
 */
export interface Devices {
  readonly openDevice: (address: DeviceAddress, memory?: DeviceMemory) => DeviceClient;
  readonly replay: ReplayClient;
}

export function createDevices(settings: Settings, closers: Closers, store: Store): Devices {
  const guard = createConnectGuard(settings.devices);
  const pool = closers.add(createHttpPool({ guard, pins: certificatePins(store, SYSTEM_TIME) }));
  const refused = createRefusedCredentials();
  return {
    openDevice: (address, memory) =>
      createDeviceClient({ address, time: SYSTEM_TIME, pool, refused, memory }),
    replay: createReplayClient({ stall_ms: settings.extraction.stall_ms, refused, guard }),
  };
}
