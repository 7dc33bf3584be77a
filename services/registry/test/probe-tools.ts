import { encodeStillAnew } from '@minhchung/media';
import {
  createConnectGuard,
  createDeviceClient,
  createHttpPool,
  createRefusedCredentials,
  createReplayClient,
  createStillFetcher,
} from '@minhchung/onvif';
import type { ProbeTools } from '../src/index.ts';

const time = { now_ms: () => Date.now() };
const pools: { close(): void }[] = [];

/** What reaches simulated devices on loopback, guarded as in the product. */
export function probeTools(discover: ProbeTools['discover'] = async () => []): ProbeTools {
  const guard = createConnectGuard({ allowed_networks: ['127.0.0.0/8'] });
  const pool = createHttpPool({ guard });
  pools.push(pool);
  const refused = createRefusedCredentials();
  return {
    openDevice(address, onCertificate) {
      const own = createHttpPool({ guard, onCertificate });
      pools.push(own);
      refused.forget(address);
      return createDeviceClient({ address, time, pool: own, refused, deadline_ms: 2_000 });
    },
    replay: createReplayClient({ refused, guard, stall_ms: 2_000 }),
    hostClock: async () => ({ synchronised: true, bound_ms: 5 }),
    fetchStill: createStillFetcher({ pool, refused }),
    encodeStill: encodeStillAnew,
    discover,
  };
}

/** Closes the connections of all of them. */
export function closeProbeTools(): void {
  for (const pool of pools.splice(0)) pool.close();
}
