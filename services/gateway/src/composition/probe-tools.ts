import { encodeStillAnew } from '@minhchung/media';
import {
  createConnectGuard,
  createDeviceClient,
  createHttpPool,
  createRefusedCredentials,
  createReplayClient,
  createStillFetcher,
  discoverDevices,
} from '@minhchung/onvif';
import type { ProbeTools } from '@minhchung/registry';
import type { Settings } from '@minhchung/settings';
import type { Store } from '@minhchung/store';
import { certificatePins } from './certificate-pins.ts';
import type { Closers } from './closers.ts';
import { discoveryAddress } from './discovery-interface.ts';
import { hostClockState } from './host-clock.ts';
import { SYSTEM_TIME } from './system-time.ts';

/** What reaches devices on behalf of people who try them. Connections end with the client that made them. */
export function createProbeTools(settings: Settings, closers: Closers, store: Store): ProbeTools {
  const guard = createConnectGuard(settings.devices);
  const pins = certificatePins(store, SYSTEM_TIME);
  const refused = createRefusedCredentials();
  const pool = closers.add(createHttpPool({ guard, pins }));
  return {
    openDevice(address, onCertificate) {
      const own = createHttpPool({ guard, pins, onCertificate });
      // A person who tries again has corrected something: the device is asked once more, and once only.
      refused.forget(address);
      const client = createDeviceClient({ address, time: SYSTEM_TIME, pool: own, refused });
      return { ...client, close: async () => own.close() };
    },
    replay: createReplayClient({ stall_ms: settings.extraction.stall_ms, refused, guard, pins }),
    hostClock: () => hostClockState(settings),
    fetchStill: createStillFetcher({ pool, refused }),
    encodeStill: encodeStillAnew,
    async discover(interface_name, signal) {
      const interface_address = discoveryAddress(settings, interface_name);
      const { allowed_networks } = settings.devices;
      return discoverDevices({ interface_address, allowed_networks }, signal);
    },
  };
}
