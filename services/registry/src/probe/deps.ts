import type { DeviceAddress, DeviceClient } from '@minhchung/domain';
import type { HostClock } from './clock-finding.ts';

/** What reaches devices for those who try them; handed in by whoever composes the product. */
export interface ProbeTools {
  readonly openDevice: (address: DeviceAddress) => DeviceClient;
  readonly hostClock: () => Promise<HostClock>;
  /** The bytes a device gives as its still, under guard and limits. */
  readonly fetchStill: (uri: string, address: DeviceAddress, signal: AbortSignal) => Promise<Uint8Array>;
  /** Decodes them and encodes them anew. */
  readonly encodeStill: (bytes: Uint8Array) => Promise<Uint8Array>;
}
