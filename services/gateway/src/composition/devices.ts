import type { DeviceAddress, DeviceClient, DeviceMemory, ReplayClient } from '@minhchung/domain';
import {
  createConnectGuard,
  createDeviceClient,
  createHttpPool,
  createRefusedCredentials,
  createReplayClient,
  createRtspReach,
  type RtspReach,
} from '@minhchung/onvif';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';
import { certificatePins } from './certificate-pins.ts';
import { SYSTEM_TIME } from './system-time.ts';

/**
 * How this process reaches devices: the memory of refused credentials is shared, and every connection, HTTP and RTSP
 * alike, is guarded and known by its certificate. Connections live as long as their client: whoever polls a city does
 * not keep a city of idle sockets.
 */
export interface Devices {
  readonly openDevice: (address: DeviceAddress, memory?: DeviceMemory) => DeviceClient;
  readonly replay: ReplayClient;
  /** Whether an RTSP service answers. */
  readonly rtspOptions: RtspReach['options'];
}

export function createDevices(settings: Settings, store: Store): Devices {
  const guard = createConnectGuard(settings.devices);
  const pins = certificatePins(store, SYSTEM_TIME);
  const refused = createRefusedCredentials();
  return {
    openDevice(address, memory) {
      const pool = createHttpPool({ guard, pins });
      const client = createDeviceClient({ address, time: SYSTEM_TIME, pool, refused, memory });
      return { ...client, close: async () => pool.close() };
    },
    rtspOptions: createRtspReach({ guard, pins }).options,
    replay: createReplayClient({
      ...{ refused, guard, pins },
      stall_ms: settings.extraction.stall_ms,
      resume: settings.extraction.resume,
    }),
  };
}
